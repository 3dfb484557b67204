"""What a survey found: how many answered what, never told of so few that it is told of somebody."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from workshops.models import Survey, SurveyQuestion
from workshops.survey import shares

# Nothing is told of fewer answers than these.
FEWEST = 5
Said = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """An answer that could be chosen, how many chose it, and their share in percent."""

    label: Any
    count: int
    percent: int


@dataclass(frozen=True)
class Result:
    """What one question found; `n` answered it. Of a text: the texts, in no order."""

    question: SurveyQuestion
    n: int
    lines: list[Line] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    quotable: list[str] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Whether so many answered it that it may be told."""
        return self.n >= FEWEST

    @property
    def adds_up(self) -> bool:
        """Whether the percentages are of answers that exclude each other."""
        return self.question.kind != SurveyQuestion.Kind.SEVERAL


@dataclass(frozen=True)
class Results:
    """What a closed survey found; `n` people answered."""

    n: int
    results: list[Result] = field(default_factory=list)

    @property
    def quotes(self) -> list[str]:
        """All words that may be quoted; their order stays, once the survey is closed."""
        return [text for result in self.results for text in result.quotable]


def results_of(survey: Survey) -> Results | None:
    """Return what a survey found: None before it is closed; with fewer than five answers, only n.

    Before the end nothing is told, so that nobody sees what one further answer changed.
    """
    if survey.closed_at is None:
        return None
    answers = list(survey.answers.order_by("pk"))
    if len(answers) < FEWEST:
        return Results(len(answers))
    said = [answer.said for answer in answers]
    free = [answer.said for answer in answers if answer.may_quote]
    return Results(len(answers), [result(each, said, free) for each in survey.questions.all()])


def result(question: SurveyQuestion, said: Sequence[Said], free: Sequence[Said] = ()) -> Result:
    """Return what one question found; `free` are the answers whose words may be quoted."""
    key = str(question.pk)
    given = [each[key] for each in said if each.get(key)]
    if len(given) < FEWEST:
        return Result(question, len(given))
    if question.kind == SurveyQuestion.Kind.OPEN:
        return Result(
            question,
            len(given),
            texts=sorted(given),
            quotable=sorted(each[key] for each in free if each.get(key)),
        )
    return Result(question, len(given), lines=_lines(question, given))


def _lines(question: SurveyQuestion, given: Sequence[Any]) -> list[Line]:
    chosen = Counter(value for each in given for value in _values(each))
    counts = [chosen[value] for value, _label in question.choices]
    if question.kind == SurveyQuestion.Kind.SEVERAL:
        percents = [shares.of(count, len(given)) for count in counts]
    else:
        percents = shares.adding_up(counts)
    labels = [label for _value, label in question.choices]
    return [Line(*each) for each in zip(labels, counts, percents, strict=True)]


def _values(given: Any) -> Iterable[str]:
    return given if isinstance(given, list) else [given]


def counted(found: Result) -> int:
    """Return how many of those who answered a question chose what its statement counts."""
    values = [value for value, _label in found.question.choices]
    told = zip(values, found.lines, strict=True)
    return sum(line.count for value, line in told if value in found.question.counted)


@dataclass(frozen=True)
class Group:
    """Those who chose one answer to the question that tells groups apart; None: not told."""

    label: Any
    n: int | None
    results: list[Result | None] = field(default_factory=list)


def broken_down(survey: Survey, by: SurveyQuestion) -> list[Group]:
    """Return the results of the other choices for each group that is large enough.

    A group of fewer than five is not told; and where those that are not told could be worked out
    from the whole, because together they are fewer than five or a single group, the smallest group
    that would be told is not told either. The same holds for each question within the groups.
    """
    if survey.closed_at is None or not by.groups or by.kind != SurveyQuestion.Kind.CHOICE:
        return []
    said = [answer.said for answer in survey.answers.order_by("pk")]
    if len(said) < FEWEST:
        return []
    labels = [*by.choices, ("", _("No answer"))]
    members = {value: [each for each in said if each.get(str(by.pk), "") == value]
               for value, _label in labels}  # fmt: skip
    told = told_of({value: len(each) for value, each in members.items()})
    asked = [
        question
        for question in survey.questions.all()
        if question.pk != by.pk and question.kind != SurveyQuestion.Kind.OPEN
    ]
    cells = {question.pk: _cells(question, members, told) for question in asked}
    return [
        Group(
            label,
            len(members[value]) if value in told else None,
            [cells[question.pk].get(value) for question in asked],
        )
        for value, label in labels
        if members[value]
    ]


def _cells(
    question: SurveyQuestion, members: dict[str, list[Said]], told: set[str]
) -> dict[str, Result]:
    key = str(question.pk)
    sizes = {value: sum(1 for said in each if said.get(key)) for value, each in members.items()}
    within = told_of(sizes, among=told)
    return {value: result(question, members[value]) for value in within}


def told_of(sizes: dict[str, int], among: set[str] | None = None) -> set[str]:
    """Return the groups that may be told; what is left out cannot be worked out from the whole.

    `among`: only these may be. Groups without anybody hide nothing.
    """
    told = {
        value
        for value, size in sizes.items()
        if size >= FEWEST and (among is None or value in among)
    }
    while told:
        hidden = [size for value, size in sizes.items() if value not in told and size]
        if not hidden or (len(hidden) > 1 and sum(hidden) >= FEWEST):
            return told
        if len(hidden) == 1 and hidden[0] >= FEWEST:
            # It is large enough to be told: that it can be worked out tells of nobody.
            return told
        told.remove(min(told, key=lambda value: (sizes[value], value)))
    return told
