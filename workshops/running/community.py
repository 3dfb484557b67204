"""The private community that a workshop may have before and after; another app lends it.

Who may read that community is decided there: only those in it, who are members of the Alliance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workshops.models import Workshop


@dataclass(frozen=True)
class Lender:
    """How communities are opened and entered.

    `open` returns the number of a private community made for a workshop by somebody of the
    secretariat, facilitated by its facilitators; 0 where it may not be. `invite` asks somebody
    in. `place` returns (name, address) for whoever may know of it.
    """

    open: Callable[[Workshop, list[Any], Any], int]
    invite: Callable[[int, Any, Any], bool]
    place: Callable[[int, Any], tuple[str, str] | None]


_lenders: list[Lender] = []


def register_lender(lender: Lender) -> None:
    """Let workshops have communities."""
    _lenders[:] = [lender]


def may_have_one() -> bool:
    """Return whether anybody lends communities."""
    return bool(_lenders)


def open_for(workshop: Workshop, participants: list[Any], by: Any) -> bool:
    """Open the community of a workshop and invite who takes part; False where it has one."""
    if not _lenders or workshop.community:
        return False
    leaders = [row.user for row in workshop.facilitators.select_related("user")]
    number = _lenders[0].open(workshop, leaders, by)
    if not number:
        return False
    # Two clicks at once: the first one counts, and the other's stays empty and closed to all.
    if not Workshop.objects.filter(pk=workshop.pk, community=0).update(community=number):
        return False
    for person in participants:
        _lenders[0].invite(number, person, by)
    return True


def invite(workshop: Workshop, person: Any, by: Any) -> bool:
    """Ask somebody who takes part into the community of the workshop, if it has one."""
    if not (_lenders and workshop.community):
        return False
    return _lenders[0].invite(workshop.community, person, by)


def place_of(workshop: Workshop, user: Any) -> tuple[str, str] | None:
    """Return (name, address) of its community for this person; None where they know of none."""
    if not (_lenders and workshop.community):
        return None
    return _lenders[0].place(workshop.community, user)
