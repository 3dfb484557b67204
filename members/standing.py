"""What somebody is today, read at once for the request that they make.

It is kept on the user of that request and gone with it: each request decides anew.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.db.models import Exists, F, OuterRef, Q
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
    """Read what the user of a request is, and keep it on them; one query for people with a role."""
    standing = _read(user.pk, timezone.localdate())
    setattr(user, KEPT, standing)
    keep_groups(user, standing.groups)


def kept(user: Any) -> Standing | None:
    """Return what is kept on the user of a request, of this very day; None for all others."""
    standing: Standing | None = getattr(user, KEPT, None)
    return standing if standing and standing.day == timezone.localdate() else None


def held_by(user_id: int, day: datetime.date) -> "Any":
    """Return the roles that somebody holds on a day, each with institution and country."""
    held = Role.objects.filter(user_id=user_id).held(day)
    return held.select_related("institution", "country")


def _read(user_id: int, day: datetime.date) -> Standing:
    # Each role comes once for each group; nobody has many of either.
    rows = list(held_by(user_id, day).annotate(group=F("user__groups"), **_account("user_id")))
    told = [(row.group, row.edits, row.guarded) for row in rows]
    if not told:
        people: Any = User.objects.filter(pk=user_id).annotate(**_account("pk"))
        told = list(people.values_list("groups", "edits", "guarded"))
    return Standing(
        day=day,
        roles=tuple({row.pk: row for row in rows}.values()),
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
