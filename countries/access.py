"""Who may see and write what about a country: the one place that decides it.

A country's team are those who represent it today. They and the secretariat see and write
everything about the country; everybody else, members too, reads the rows that are public.
"""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from members.models import Kind
from members.roles import countries_of, is_secretariat, people
from users.models import User

Row = TypeVar("Row", bound=Model)


def team_of(code: str) -> QuerySet[User]:
    """Return the people who represent a country today; `code` is ISO 3166-1 alpha-3."""
    return people(Kind.REPRESENTATIVE, code)


def is_of_team(user: Any, code: str) -> bool:
    """Return whether somebody represents this country today."""
    return code in countries_of(user)


def sees_all(user: Any, code: str) -> bool:
    """Return whether somebody sees everything about a country: its team and the secretariat."""
    return is_of_team(user, code) or is_secretariat(user)


def may_edit(user: Any, code: str) -> bool:
    """Return whether somebody may write about a country and say what is public of it."""
    return sees_all(user, code)


def visible(rows: QuerySet[Row], user: Any) -> QuerySet[Row]:
    """Keep the rows (of `OfCountry`) that somebody may read, in the same query."""
    if is_secretariat(user):
        return rows
    return rows.filter(visible_to(user))


def visible_to(user: Any, path: str = "") -> Q:
    """Match what somebody may read; `path` leads from what is matched to a row of `OfCountry`."""
    if is_secretariat(user):
        return Q()
    own = Q(**{f"{path}about__in": sorted(countries_of(user))})
    return Q(**{f"{path}public": True}) | own
