"""What a page shows of the exchange on a practice, read in few queries."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from adoption import access
from adoption.conditions import Asked, asked_of
from adoption.crediting import thanks_for
from adoption.models import Adoption, Feedback, FitAnswer, GuidanceCheck, TruthAnswer
from adoption.truth import latest_answers
from core.visibility import audiences_of, live_for
from guidance.models import GuidancePage
from practices.access import is_editor
from practices.models import PracticePage

ON_THE_PRACTICE = 5  # threads shown below a practice; all of them are a page away
IN_THE_PICTURE = 24
# What is shown with each feedback.
READ_WITH = ("institution", "hiding", "taken_over")


@dataclass
class Thread:
    """Feedback with its answers, oldest first."""

    said: Feedback
    answers: list[Feedback] = field(default_factory=list)


@dataclass(frozen=True)
class Use:
    """How many countries and organisations use a practice, of the adaptations somebody sees."""

    countries: int = 0
    organisations: int = 0
    failed: int = 0

    @classmethod
    def of(cls, adoptions: Iterable[Adoption]) -> "Use":
        """Count each country and each organisation without a country once."""
        rows = list(adoptions)
        return cls(
            countries=len({row.country for row in rows if row.country}),
            organisations=len({row.institution_id for row in rows if not row.country}),
            failed=sum(row.result == Adoption.Result.FAILED for row in rows),
        )


@dataclass(frozen=True)
class Rights:
    """What a reader may do with all feedback on one practice; their own they may change."""

    answer: bool
    take_over: bool
    hide: bool

    @classmethod
    def of(cls, user: Any, page: PracticePage) -> "Rights":
        """Ask once for all."""
        return cls(access.may_answer(user, page), is_editor(user, page), access.may_hide(user))


@dataclass(frozen=True)
class Doubt:
    """That those who did it say a practice is no longer so, or needs a change."""

    value: str
    at: datetime.datetime


@dataclass
class Exchange:
    """The exchange on one practice, for one reader."""

    page: PracticePage
    takes_part: bool = False
    may_give: bool = False
    may_adapt: bool = False
    may_clear: bool = False
    rights: "Rights | None" = None
    threads: list[Thread] = field(default_factory=list)
    has_more: bool = False
    adoptions: list[Adoption] = field(default_factory=list)
    use: Use = field(default_factory=Use)
    thanks: list[Feedback] = field(default_factory=list)
    check: GuidanceCheck | None = None
    doubt: Doubt | None = None
    asked: list[Asked] = field(default_factory=list)
    fit: list[FitAnswer] = field(default_factory=list)


def exchange_of(page: PracticePage, user: Any) -> Exchange:
    """Return what this reader sees of the exchange on a published practice."""
    shown, there = Exchange(page), _what_there_is(page)
    pages = access.open_practices(user)
    if there["thanked"]:
        shown.thanks = list(thanks_for(page))
    if there["to_check"]:
        shown.check = check_for(page, user)
    if there["adapted"]:
        shown.adoptions = list(trail_of(page, user, pages))
        shown.use = Use.of(shown.adoptions)
    if there["answer"] and there["answer"] != TruthAnswer.Value.TRUE:
        shown.doubt = Doubt(there["answer"], there["answered_at"])
    if not access.takes_part(user):
        return shown
    shown.takes_part = True
    shown.may_give, shown.may_adapt = access.may_give(user, page), access.may_adapt(user, page)
    shown.may_clear = shown.check is not None and access.may_clear(user, page)
    latest = _latest_threads(page, user, pages)
    shown.threads, shown.has_more = latest[:ON_THE_PRACTICE], len(latest) > ON_THE_PRACTICE
    shown.rights = Rights.of(user, page)
    shown.asked = list(asked_of(page))
    mine = access.fit_checks_of(user, pages).filter(practice_id=page.alias_of_id or page.pk)
    shown.fit = list(FitAnswer.objects.filter(check_of__in=mine))
    return shown


def _what_there_is(page: PracticePage) -> dict[str, Any]:
    """Return which parts of the exchange a practice has at all, and the latest answer if any."""
    told = {"practice__translation_key": page.translation_key}
    latest = latest_answers(translation_key=page.translation_key)
    parts = {
        "thanked": Exists(thanks_for(page).order_by()),
        "to_check": Exists(GuidanceCheck.objects.filter(**told, cleared_at=None)),
        "adapted": Exists(Adoption.objects.filter(origin__translation_key=page.translation_key)),
        "answer": Subquery(latest.values("value")[:1]),
        "answered_at": Subquery(latest.values("at")[:1]),
    }
    found = PracticePage.objects.filter(pk=page.pk).values(**parts).first()
    return found or dict.fromkeys(parts)


def _latest_threads(page: PracticePage, user: Any, pages: access.Pages) -> list[Thread]:
    """Return the newest feedback with its answers, one more than is shown; one query."""
    rows = access.feedback_for(user, pages).filter(practice__translation_key=page.translation_key)
    newest = rows.filter(answer_to=None).order_by("-created_at", "-pk")
    firsts = newest.values("pk")[: ON_THE_PRACTICE + 1]
    told = rows.filter(Q(pk__in=firsts) | Q(answer_to__in=firsts))
    return _joined(told.select_related(*READ_WITH).order_by("-created_at", "-pk"))


def _joined(said: Iterable[Feedback]) -> list[Thread]:
    """Return feedback in its order, each with its answers from the oldest; given newest first."""
    found: list[Thread] = []
    answers: dict[int, list[Feedback]] = defaultdict(list)
    for each in said:
        if each.answer_to_id is None:
            found.append(Thread(each))
        else:
            answers[each.answer_to_id].insert(0, each)
    for thread in found:
        thread.answers = answers[thread.said.pk]
    return found


def feedback_on(
    page: PracticePage, user: Any, pages: access.Pages | None = None
) -> QuerySet[Feedback]:
    """Return the feedback on a practice in all its languages, newest first, without answers."""
    rows = access.feedback_for(user, pages).filter(
        practice__translation_key=page.translation_key, answer_to=None
    )
    return rows.select_related(*READ_WITH).order_by("-created_at", "-pk")


def unanswered_first(user: Any, pages: access.Pages) -> QuerySet[Feedback]:
    """Return the latest feedback on all practices, questions that nobody answered first."""
    answered = Feedback.objects.filter(answer_to=OuterRef("pk"), hiding=None, withdrawn_at=None)
    rows = access.feedback_for(user, pages).filter(answer_to=None, hiding=None, withdrawn_at=None)
    waiting = When(~Exists(answered), kind=Feedback.Kind.QUESTION, then=Value(0))
    return (
        rows.annotate(place=Case(waiting, default=Value(1), output_field=IntegerField()))
        .select_related("institution", "practice__locale", "hiding", "taken_over")
        .order_by("place", "-created_at", "-pk")
    )


def threads(
    firsts: Sequence[Feedback], user: Any, pages: access.Pages | None = None
) -> list[Thread]:
    """Return this feedback with the answers that this reader may read; one query."""
    answers: dict[int | None, list[Feedback]] = defaultdict(list)
    rows = access.feedback_for(user, pages).filter(answer_to__in=[said.pk for said in firsts])
    for answer in rows.select_related(*READ_WITH).order_by("created_at", "pk"):
        answers[answer.answer_to_id].append(answer)
    return [Thread(said, answers[said.pk]) for said in firsts]


def trail_of(
    page: PracticePage, user: Any, pages: access.Pages | None = None
) -> QuerySet[Adoption]:
    """Return the adaptations of a practice that somebody may see, in the order of their years."""
    rows = access.adoptions_for(user, pages).filter(origin__translation_key=page.translation_key)
    return rows.select_related("institution").order_by("year_from", "created_at", "pk")


def check_for(page: PracticePage, user: Any) -> GuidanceCheck | None:
    """Return why a practice is to be checked, if this reader may open what is newer."""
    waiting = _open_checks(user).filter(practice__translation_key=page.translation_key)
    return waiting.select_related("newer__locale").first()


def _open_checks(user: Any) -> QuerySet[GuidanceCheck]:
    newer = live_for(GuidancePage.objects.all(), audiences_of(user))
    return GuidanceCheck.objects.filter(newer__in=newer.values("pk"), cleared_at=None)


def behind(user: Any, practices: Iterable[PracticePage]) -> set[Any]:
    """Return the translation keys of those of these practices that are to be checked.

    Only against a guidance that this reader may open.
    """
    return set(
        _open_checks(user)
        .filter(practice__translation_key__in={page.translation_key for page in practices})
        .values_list("practice__translation_key", flat=True)
    )
