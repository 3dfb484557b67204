"""In whose name somebody speaks in a workshop: of the country they take part for."""

from typing import Any

from members.roles import country_of, roles_of
from members.signed import Signed
from members.signing import sign
from workshops.access import Seat


def sign_in(said: Signed, user: Any, seat: Seat, but: str = "") -> None:
    """Sign what somebody says in a workshop; never for the country `but`, which is spoken to.

    Those whose registration was accepted sign with what it says, representatives with their role.
    """
    sign(said, user)
    countries = seat.countries - {but}
    registered = seat.registered
    if registered and registered.country and registered.country in countries:
        said.country = registered.country
        said.institution = registered.institution
        return
    if not countries or said.country in countries:
        return
    said.country = sorted(countries)[0]
    roles = [role for role in roles_of(user) if role.country and role.country.code == said.country]
    said.institution = next((role.institution for role in roles if role.institution), None)


def signs_with(user: Any, seat: Seat, but: str = "") -> str:
    """Return the country that somebody signs with in a workshop (ISO 3166-1 alpha-3), or ""."""
    countries = seat.countries - {but}
    registered = seat.registered
    if registered and registered.country in countries:
        return registered.country
    own = country_of(user)
    return own if own in countries else next(iter(sorted(countries)), "")
