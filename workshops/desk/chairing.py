"""The rotating chair: one at a time, with a first and a last day."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from workshops.desk.doors import one_at_a_time
from workshops.models import ChairTerm


class OverlapError(Exception):
    """Somebody else chairs in these days."""

    def __init__(self, other: ChairTerm) -> None:
        super().__init__()
        self.other = other


@transaction.atomic
def name(term: ChairTerm, by: Any) -> ChairTerm:
    """Store a term; `OverlapError` where another term shares a day with it."""
    # Two terms written at once would not see each other.
    one_at_a_time(ChairTerm)
    before = ChairTerm.objects.filter(starts__lte=term.ends, ends__gte=term.starts)
    for other in before.select_related("institution", "user"):
        if not _is_over(other, term):
            raise OverlapError(other)
    term.named_by = by
    term.save()
    return term


def _is_over(other: ChairTerm, term: ChairTerm) -> bool:
    """Return whether a term was ended, on the first day of another or before."""
    return other.ended_at is not None and timezone.localdate(other.ended_at) <= term.starts


def end(term: ChairTerm) -> bool:
    """End a term now; its rights end with it. False where it has ended already."""
    open_ = ChairTerm.objects.filter(pk=term.pk, ended_at=None, ends__gte=timezone.localdate())
    return bool(open_.update(ended_at=timezone.now()))
