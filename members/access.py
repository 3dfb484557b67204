"""Who may do what with people: the one place that decides it."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

from members.models import Application, Kind, Role
from members.roles import has, is_member, is_secretariat, roles_of
from members.standing import STRONG, kept
from users.models import User

# Whoever holds one of these sees or decides what others entrusted to the site.
PRIVILEGED = (Kind.SECRETARIAT, Kind.FACILITATOR)
# Apps above that entrust something to people say whom.
_entrusted: list[Callable[[Any], bool]] = []


def register_privileged(entrusted: Callable[[Any], bool]) -> None:
    """Let others ask for a second factor, too: of whomever `entrusted(user)` says so."""
    if entrusted not in _entrusted:
        _entrusted.append(entrusted)


def is_privileged(user: Any) -> bool:
    """Return whether somebody's account must not hang by a password alone."""
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return False
    if is_secretariat(user) or has(user, *PRIVILEGED) or has_editor(user):
        return True
    return any(entrusted(user) for entrusted in _entrusted)


def has_editor(user: Any) -> bool:
    """Return whether somebody may enter the editor."""
    standing = kept(user)
    if standing is None or user.is_superuser:
        return bool(user.has_perm("wagtailadmin.access_admin"))
    return bool(user.is_active) and standing.has_editor


def needs_second_factor(user: Any) -> bool:
    """Return whether somebody has to set up a second factor before going on."""
    return is_privileged(user) and lacks_second_factor(user)


def lacks_second_factor(user: Any) -> bool:
    """Return whether an account hangs by a password alone, where that is not enough."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    standing = kept(user)
    if standing is not None:
        return not standing.has_second_factor
    return not Authenticator.objects.filter(user_id=user.pk, type__in=STRONG).exists()


def may_apply(user: Any) -> bool:
    """Return whether somebody may apply for membership: signed in, and not a member yet."""
    return bool(getattr(user, "is_authenticated", False) and user.is_active) and not roles_of(user)


def may_see_board(user: Any) -> bool:
    """Return whether somebody may see applications and roles."""
    return is_secretariat(user)


def may_decide(user: Any, application: Application) -> bool:
    """Return whether somebody may decide an application; never one's own."""
    return is_secretariat(user) and application.user_id != user.pk


def may_manage_roles(user: Any, person: User) -> bool:
    """Return whether somebody may give and end roles of a person; never one's own.

    Who administers the site may do it for themselves: there may be nobody else.
    """
    return is_secretariat(user) and (bool(user.is_superuser) or person.pk != user.pk)


def may_end(user: Any, role: Role) -> bool:
    """Return whether somebody may end or extend a role."""
    return may_manage_roles(user, role.user)


def may_see_directory(user: Any) -> bool:
    """Return whether somebody may see who agreed to be listed."""
    return is_member(user)


def may_ask(user: Any, person: User) -> bool:
    """Return whether somebody may send a listed person a question through the site."""
    return may_see_directory(user) and person.pk != user.pk
