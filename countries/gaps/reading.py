"""The gaps of a country, each with the answers that show it, as far as a reader may see them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from countries import access
from countries.models import Answer, GapKind, Goal
from countries.questionnaires.kinds import in_words


@dataclass(frozen=True)
class Showing:
    """An answer that shows a gap, in the reader's words."""

    answer: Answer
    question: str
    value: str  # "" where it is "not known"


@dataclass(frozen=True)
class ShownGap:
    """A gap, whatever questionnaires show it, with what the team means to do about it."""

    kind: GapKind
    answers: list[Showing]
    goals: list[Goal]


def gaps_of(code: str, user: Any) -> list[ShownGap]:
    """Return what somebody may know of the gaps of a country, in the order of the gaps.

    Five queries, however many there are.
    """
    shown = Answer.objects.select_related("question", "institution")
    shown = shown.prefetch_related("question__choices").order_by("question__order", "pk")
    gaps = access.gaps_for(user).filter(about=code).select_related("kind")
    by_kind: dict[int, tuple[GapKind, dict[int, Answer]]] = {}
    for gap in gaps.prefetch_related(Prefetch("answers", queryset=shown)):
        _kind, answers = by_kind.setdefault(gap.kind_id, (gap.kind, {}))
        answers |= {answer.pk: answer for answer in gap.answers.all()}
    goals = list(goals_of(code, user).filter(kind__in=by_kind)) if by_kind else []
    return [
        ShownGap(
            kind,
            [showing(answer) for answer in answers.values()],
            [goal for goal in goals if goal.kind_id == kind.pk],
        )
        for kind, answers in by_kind.values()
    ]


def goals_of(code: str, user: Any) -> Any:
    """Return the goals of a country that somebody may read, with what they follow."""
    goals = Goal.objects.filter(about=code).select_related("kind", "practice__locale")
    return access.visible(goals, user)


def showing(answer: Answer) -> Showing:
    """Return an answer that shows a gap, in the words of the reader."""
    value = "" if answer.not_known else in_words(answer.question, answer.value)
    return Showing(answer, answer.question.text, value)
