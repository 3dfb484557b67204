"""Days that the secretariat should not miss; other apps lend theirs."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from workshops.models import ChairTerm, Contribution, WorkItem

AHEAD = datetime.timedelta(days=60)
MOST = 30


@dataclass(frozen=True)
class Due:
    """Something that has a day: what, of which kind, where it stands."""

    day: datetime.date
    title: str
    kind: str
    url: str

    @property
    def is_past(self) -> bool:
        """Whether the day has passed."""
        return self.day < timezone.localdate()


Known = Callable[[Any, datetime.date], Iterable[Due]]
_known: list[Known] = []


def register(known: Known) -> None:
    """Show the days that `known(user, until)` returns: of what that person may read."""
    _known.append(known)


def coming(user: Any, chair: ChairTerm | None) -> list[Due]:
    """Return what has to be done within the next weeks or is late already, by its day.

    `chair` is the term of today.
    """
    until = timezone.localdate() + AHEAD
    found = [*_plan(until), *_report(until), *_chair(chair, until)]
    found += [each for known in _known for each in known(user, until)]
    return sorted(found, key=lambda each: (each.day, each.title))[:MOST]


def _plan(until: datetime.date) -> Iterable[Due]:
    going = (WorkItem.Status.PLANNED, WorkItem.Status.GOING)
    for item in WorkItem.objects.filter(status__in=going, due_on__lte=until)[:MOST]:
        if item.due_on is not None:
            url = reverse("desk-work", args=[item.pk])
            yield Due(item.due_on, item.title, _("Work plan"), url)


def _report(until: datetime.date) -> Iterable[Due]:
    rows = Contribution.objects.filter(status__in=Contribution.OPEN, deadline__lte=until)
    for each in rows[:MOST]:
        url = reverse("desk-contribution", args=[each.pk])
        yield Due(each.deadline, each.chapter, _("Annual report"), url)


def _chair(term: ChairTerm | None, until: datetime.date) -> Iterable[Due]:
    if term is not None and term.ends <= until:
        yield Due(term.ends, str(term.institution or term.user), _("Chair"), reverse("desk-chair"))
