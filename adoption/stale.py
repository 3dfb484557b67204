"""Practices of which it is not known, or in doubt, whether they still hold."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adoption.models import GuidanceCheck, TruthAnswer, TruthQuestion
from adoption.truth import latest_answers
from core.classification import codes_of
from core.visibility import live_public
from practices.models import PracticePage

NOBODY = gettext_lazy("nobody to ask")
SILENT = gettext_lazy("no answer after the reminder")


@dataclass
class Stale:
    """A practice on the list, with why and since when."""

    practice: PracticePage
    reason: str | Promise
    since: datetime.date
    note: str = ""
    countries: tuple[str, ...] = ()


def stale_practices() -> Iterator[Stale]:
    """Yield what is on the secretariat's list, the oldest first; a practice may stand twice."""
    rows = sorted([*_unanswered(), *_doubted(), *_to_check()], key=lambda row: row.since)
    codes = codes_of(row.practice.pk for row in rows)
    for row in rows:
        row.countries = tuple(codes[row.practice.pk].get("countries", ()))
        yield row


def _unanswered() -> Iterator[Stale]:
    """Yield what nobody answered after the reminder, and where there was nobody to ask."""
    waiting = TruthQuestion.objects.filter(closed_at=None).select_related("practice__locale")
    for question in waiting:
        if question.reached == 0:
            yield Stale(question.practice, NOBODY, question.asked_at.date())
        elif question.reminded_at is not None:
            yield Stale(question.practice, SILENT, question.asked_at.date())


def _doubted() -> Iterator[Stale]:
    """Yield what was said to need a change or to hold no more, and was not published anew."""
    seen: set[int] = set()
    for answer in latest_answers(live=True).select_related("question__practice__locale"):
        practice = answer.question.practice
        if practice.pk in seen:
            continue
        seen.add(practice.pk)
        if answer.value != TruthAnswer.Value.TRUE:
            yield Stale(practice, answer.get_value_display(), answer.at.date(), answer.note)


def _to_check() -> Iterator[Stale]:
    """Yield what is to be checked against the newer version of a guidance."""
    waiting = GuidanceCheck.objects.filter(cleared_at=None).select_related(
        "practice__locale", "newer"
    )
    public = live_public(PracticePage.objects.all())
    for check in waiting.filter(practice__in=public.values("pk")):
        told = _("to be checked: %(guidance)s") % {"guidance": check.newer.title}
        yield Stale(check.practice, told, check.raised_at.date())
