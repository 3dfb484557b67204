"""What a page shows of the exchange on a practice, read in few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from adoption import access
from adoption.conditions import Asked, asked_of
from adoption.crediting import thanks_for
from adoption.models import Adoption, Feedback, FitAnswer, GuidanceCheck, TruthAnswer
from adoption.truth import latest_answers
from core.visibility import may_open
from practices.access import is_editor
from practices.models import PracticePage

ON_THE_PRACTICE = 5  # threads shown below a practice; all of them are a page away
IN_THE_PICTURE = 24


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
    doubt: TruthAnswer | None = None
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
    if there["answered"]:
        latest = latest_answers(translation_key=page.translation_key).first()
        shown.doubt = latest if latest and latest.value != TruthAnswer.Value.TRUE else None
    if not access.takes_part(user):
        return shown
    shown.takes_part = True
    shown.may_give, shown.may_adapt = access.may_give(user, page), access.may_adapt(user, page)
    shown.may_clear = shown.check is not None and access.may_clear(user, page)
    rows = feedback_on(page, user, pages)
    firsts = list(rows[: ON_THE_PRACTICE + 1])
    shown.has_more = len(firsts) > ON_THE_PRACTICE
    shown.threads = threads(firsts[:ON_THE_PRACTICE], user, pages)
    shown.rights = Rights.of(user, page)
    shown.asked = list(asked_of(page))
    mine = access.fit_checks_of(user, pages).filter(practice_id=page.alias_of_id or page.pk)
    shown.fit = list(FitAnswer.objects.filter(check_of__in=mine))
    return shown


def _what_there_is(page: PracticePage) -> dict[str, bool]:
    """Return which parts of the exchange a practice has at all: of most, it has none yet."""
    told = {"practice__translation_key": page.translation_key}
    parts = {
        "thanked": thanks_for(page),
        "to_check": GuidanceCheck.objects.filter(**told, cleared_at=None),
        "adapted": Adoption.objects.filter(origin__translation_key=page.translation_key),
        "answered": latest_answers(translation_key=page.translation_key),
    }
    rows = PracticePage.objects.filter(pk=page.pk)
    found = rows.values(**{name: Exists(part.order_by()) for name, part in parts.items()}).first()
    return found or dict.fromkeys(parts, False)


def feedback_on(
    page: PracticePage, user: Any, pages: access.Pages | None = None
) -> QuerySet[Feedback]:
    """Return the feedback on a practice in all its languages, newest first, without answers."""
    rows = access.feedback_for(user, pages).filter(
        practice__translation_key=page.translation_key, answer_to=None
    )
    return rows.select_related("institution", "hiding", "taken_over").order_by("-created_at", "-pk")


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
    for answer in rows.select_related("institution", "hiding", "taken_over").order_by(
        "created_at", "pk"
    ):
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
    waiting = GuidanceCheck.objects.filter(
        practice__translation_key=page.translation_key, cleared_at=None
    ).select_related("newer__locale")
    return next((check for check in waiting if may_open(check.newer, user)), None)
