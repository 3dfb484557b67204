"""Who is what at this moment: the questions that every other app asks about people.

A role holds from its first day to its last, both included, in UTC; the day after it is no right
any more, whatever else has run or not. Superusers count as secretariat.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from members.models import Kind, Role
from members.standing import KEPT, held_by, kept
from users.models import Institution, User

__all__ = [
    "KEPT",
    "Kind",
    "Role",
    "countries_of",
    "country_of",
    "has",
    "institution_of",
    "is_member",
    "is_secretariat",
    "people",
    "roles_of",
    "telling_first",
]


def roles_of(user: Any) -> list[Role]:
    """Return the roles that somebody holds today, each with institution and country."""
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return []
    standing = kept(user)
    return list(standing.roles if standing else held_by(user.pk, timezone.localdate()))


def has(user: Any, *kinds: str) -> bool:
    """Return whether somebody holds a role of one of these kinds today."""
    return any(role.kind in kinds for role in roles_of(user))


def is_secretariat(user: Any) -> bool:
    """Return whether somebody works for the secretariat today, or administers the site."""
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return False
    return bool(user.is_superuser) or has(user, Kind.SECRETARIAT)


def is_member(user: Any) -> bool:
    """Return whether somebody belongs to the Alliance today, in whatever role."""
    return is_secretariat(user) or bool(roles_of(user))


def countries_of(user: Any) -> frozenset[str]:
    """Return the ISO 3166-1 alpha-3 codes of the countries that somebody represents today."""
    return frozenset(
        role.country.code
        for role in roles_of(user)
        if role.kind == Kind.REPRESENTATIVE and role.country
    )


def country_of(user: Any) -> str:
    """Return the ISO 3166-1 alpha-3 code of the country that somebody signs with, or ""."""
    return next((role.country.code for role in telling_first(roles_of(user)) if role.country), "")


def institution_of(user: Any) -> Institution | None:
    """Return the institution that somebody signs with."""
    found = (role.institution for role in telling_first(roles_of(user)) if role.institution)
    return next(found, None)


def people(kind: str, country: str | None = None) -> QuerySet[User]:
    """Return the people who hold a role today; `country` is an ISO 3166-1 alpha-3 code.

    Nobody appears twice. Superusers are no more than other people here.
    """
    held = Role.objects.held().filter(kind=kind)
    if country is not None:
        held = held.filter(country__code=country)
    users: QuerySet[User] = get_user_model()._default_manager.filter(
        Q(pk__in=held.values("user_id")), is_active=True
    )
    return users.order_by("pk")


def telling_first(roles: Iterable[Role]) -> list[Role]:
    """Return roles of somebody, those first by which a person is known."""
    order = [Kind.REPRESENTATIVE, Kind.MEMBER, Kind.REVIEWER, Kind.FACILITATOR, Kind.SECRETARIAT]
    return sorted(roles, key=lambda role: order.index(Kind(role.kind)))
