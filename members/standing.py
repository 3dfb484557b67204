"""What somebody is today, read at once for the request that they make.

It is kept on the user of that request and gone with it: each request decides anew.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, F, OuterRef, Q, Value
from django.utils import timezone

from core.visibility import keep_groups
from members.models import Role
from users.models import User

# The attribute under which the user of a request keeps it while the request is answered.
KEPT = "_standing_while_answering"
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Standing:
    """The roles held on a day with institution and country, and what goes by the account."""

    day: datetime.date
    roles: tuple[Role, ...]
    groups: frozenset[int]
    has_editor: bool
    has_second_factor: bool


def keep(user: Any) -> None:
    """Read what the user of a request is, and keep it on them; one query for people with a role.

    Of administrators without one every group is read as well: they are of every group.
    """
    day, every = timezone.localdate(), None
    standing = _read(user.pk, day)
    if standing is None and user.is_superuser:
        standing, every = _read_administrator(user.pk, day)
    standing = standing or _read_account(user.pk, day)
    setattr(user, KEPT, standing)
    keep_groups(user, standing.groups, every)


def kept(user: Any) -> Standing | None:
    """Return what is kept on the user of a request, of this very day; None for all others."""
    standing: Standing | None = getattr(user, KEPT, None)
    return standing if standing and standing.day == timezone.localdate() else None


def held_by(user_id: int, day: datetime.date) -> "Any":
    """Return the roles that somebody holds on a day, each with institution and country."""
    held = Role.objects.filter(user_id=user_id).held(day)
    return held.select_related("institution", "country")


def _read(user_id: int, day: datetime.date) -> Standing | None:
    """Return the standing of somebody with a role on that day; None for all others."""
    # Each role comes once for each group; nobody has many of either.
    rows = list(held_by(user_id, day).annotate(group=F("user__groups"), **_account("user_id")))
    told = [(row.group, row.edits, row.guarded) for row in rows]
    roles = tuple({row.pk: row for row in rows}.values())
    return _standing(day, told, roles) if rows else None


def _read_account(user_id: int, day: datetime.date) -> Standing:
    people: Any = User.objects.filter(pk=user_id).annotate(**_account("pk"))
    return _standing(day, people.values_list("groups", "edits", "guarded"))


def _read_administrator(
    user_id: int, day: datetime.date
) -> tuple[Standing | None, list[int] | None]:
    """Return the standing and every group; nothing where there is no group to read it with."""
    mine = Exists(Group.objects.filter(pk=OuterRef("pk"), user=user_id))
    groups: Any = Group.objects.alias(me=Value(user_id)).annotate(mine=mine, **_account("me"))
    rows = list(groups.values_list("pk", "mine", "edits", "guarded"))
    if not rows:
        return None, None
    told = [(pk if is_mine else None, *flags) for pk, is_mine, *flags in rows]
    return _standing(day, told), [pk for pk, *_more in rows]


def _standing(day: datetime.date, told: Iterable[Any], roles: tuple[Role, ...] = ()) -> Standing:
    told = list(told)
    return Standing(
        day=day,
        roles=roles,
        groups=frozenset(group for group, *_flags in told if group is not None),
        has_editor=any(edits for _group, edits, _guarded in told),
        has_second_factor=any(guarded for *_more, guarded in told),
    )


def _account(user: str) -> dict[str, Exists]:
    """Return what to ask about the account that `user` names in a query."""
    right = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    given = Q(user=OuterRef(user)) | Q(group__user=OuterRef(user))
    factors = Authenticator.objects.filter(user_id=OuterRef(user), type__in=STRONG)
    return {"edits": Exists(right.filter(given)), "guarded": Exists(factors)}
