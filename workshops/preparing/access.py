"""Who sees and does what before a workshop; who is in it is decided in `workshops.access`.

How many questions a country has answered is for those who lead, and for its own people. What it
answered is never shown here. Its gaps are seen by whom `countries.access` says, and by the whole
room while the country shares them with it.
"""

from typing import Any

from members.models import Kind
from members.roles import countries_of, people
from users.models import User
from workshops.access import Seat, is_open, may_create
from workshops.models import Workshop


def states_for(seat: Seat, workshop: Workshop) -> list[str]:
    """Return the countries of a workshop of which somebody sees how far they are."""
    return [code for code in workshop.codes if seat.leads or code in seat.countries]


def may_choose(user: Any, workshop: Workshop) -> bool:
    """Return whether somebody says what the countries answer, and begins it for all of them."""
    return is_open(workshop) and may_create(user)


def may_remind(seat: Seat, workshop: Workshop) -> bool:
    """Return whether somebody may have the countries reminded: those who lead, until it closes."""
    return is_open(workshop) and seat.leads


def sharing(workshop: Workshop) -> frozenset[str]:
    """Return the countries that share their gaps with those of the workshop."""
    return frozenset(row.code for row in workshop.countries.all() if row.gaps_shared_at)


def represented(user: Any, workshop: Workshop) -> list[str]:
    """Return the countries of a workshop that somebody represents today.

    Not those for which somebody was registered, nor all of them for who leads: only a country
    gives away what is its own.
    """
    own = countries_of(user)
    return [code for code in workshop.codes if code in own]


def may_take_back(user: Any, workshop: Workshop, code: str) -> bool:
    """Return whether somebody may end that a country shares its gaps, also after it has closed."""
    return code in represented(user, workshop)


def may_share_gaps(user: Any, workshop: Workshop, code: str) -> bool:
    """Return whether somebody may share the gaps of a country with those of a workshop."""
    return is_open(workshop) and may_take_back(user, workshop, code)


def to_be_reminded(workshop: Workshop, code: str) -> list[User]:
    """Return who answers for a country of a workshop today: those who represent it."""
    return list(people(Kind.REPRESENTATIVE, code)) if code in workshop.codes else []
