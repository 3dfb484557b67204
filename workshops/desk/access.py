"""Who may use the secretariat's desk: the one place that decides it.

What is about one workshop is decided in `workshops.access`.
"""

from typing import Any

from django.db.models import QuerySet

from members.roles import is_member, is_secretariat
from workshops.models import ChairTerm, Contribution


def held_today() -> Any:
    """Return the terms of today, with who holds them."""
    return ChairTerm.objects.held().select_related("user", "institution")


def chairs(user: Any) -> bool:
    """Return whether somebody chairs the joint secretariat today: a member, for a term."""
    return is_member(user) and bool(ChairTerm.objects.held().filter(user=user).exists())


def may_use_desk(user: Any) -> bool:
    """Return whether somebody uses the secretariat's desk: the secretariat, and who chairs it."""
    return is_secretariat(user) or chairs(user)


def may_name_chair(user: Any) -> bool:
    """Return whether somebody may write down who chairs, and end a term."""
    return is_secretariat(user)


def may_see_chairs(user: Any) -> bool:
    """Return whether somebody may see who chaired when: every member."""
    return is_member(user)


def may_freeze(user: Any) -> bool:
    """Return whether somebody may freeze the figures of a year: the chair of today.

    Where nobody chairs, the secretariat does; who administers the site may always.
    """
    if chairs(user):
        return True
    if not is_secretariat(user):
        return False
    return bool(user.is_superuser) or not any(chairs(term.user) for term in held_today())


def contributions_for(user: Any) -> QuerySet[Contribution]:
    """Return the contributions that somebody sees: those on the desk all, others their own."""
    if may_use_desk(user):
        return Contribution.objects.all()
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return Contribution.objects.none()
    return Contribution.objects.filter(owner=user)
