"""Roles are given, extended and ended here; each step is written to Wagtail's log."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from core import mail
from members.models import Kind, Profile, Role
from users.models import Institution, User
from vocabulary.models import Country


@dataclass(frozen=True)
class Terms:
    """What goes with a role: for whom it is held, from the first to the last day."""

    starts: datetime.date
    ends: datetime.date | None
    institution: Institution | None = None
    country: Country | None = None


def give(user: User, kind: str, terms: Terms, by: Any) -> Role:
    """Give a role and a profile to fill in."""
    role = Role.objects.create(
        user=user,
        kind=kind,
        institution=terms.institution,
        country=terms.country,
        starts=terms.starts,
        ends=terms.ends,
        given_by=by,
    )
    Profile.objects.get_or_create(user=user)
    log(role, "members.give", user=by, data={"kind": kind, "person": user.pk, **_days(role)})
    return role


@transaction.atomic
def extend(role: Role, ends: datetime.date | None, by: Any) -> bool:
    """Set another last day (None: no end); False for a role that was ended, or a day before it.

    Before that day its person is told anew (`members.ending`).
    """
    held = Role.objects.select_for_update().get(pk=role.pk)
    if held.ended_at is not None or (ends is not None and ends < held.starts):
        return False
    before = _days(held)
    if held.ends != ends:
        held.told_before = None
    held.ends = ends
    held.save()
    log(held, "members.extend", user=by, data={"before": before, "after": _days(held)})
    return True


@transaction.atomic
def end(role: Role, by: Any) -> bool:
    """End a role at once; False when somebody was faster."""
    held = Role.objects.select_for_update().get(pk=role.pk)
    if held.ended_at is not None:
        return False
    held.ended_at, held.ended_by = timezone.now(), by
    held.save()
    log(held, "members.end", user=by, data={"person": held.user_id, **_days(held)})
    mail.send("member_role_ended", held.user, {"role": Kind(held.kind), "ends": held.ended_at})
    return True


def _days(role: Role) -> dict[str, str]:
    return {"starts": role.starts.isoformat(), "ends": role.ends.isoformat() if role.ends else ""}
