"""Before a role ends its person is told, and so is the secretariat: a month and a week before."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core import mail
from members.mails import to_secretariat
from members.models import Role
from users.models import User

DAY = datetime.timedelta(days=1)
WEEK, MONTH = 7, 30


@dataclass(frozen=True)
class Told:
    """What one run has told: of how many roles, to how many people."""

    roles: int
    people: int


def run(today: datetime.date | None = None) -> Told:
    """Tell of all that is due; a second run on the same day does nothing.

    Who holds what is asked at this moment, and a run that was left out is made up for: then one
    mail says what two would have said.
    """
    today = today or timezone.localdate()
    by_person: dict[User, list[Role]] = defaultdict(list)
    with transaction.atomic():
        roles = due(today)
        for role in roles:
            Role.objects.filter(pk=role.pk).update(told_before=_term(role, today))
            by_person[role.user].append(role)
        for person, mine in by_person.items():
            context = {"roles": mine, "contact": settings.CONTACT_EMAIL}
            mail.send("member_role_ends", person, context)
        if roles:
            to_secretariat("member_roles_end", {"roles": roles})
    return Told(len(roles), len(by_person))


def due(today: datetime.date) -> list[Role]:
    """Return and lock the roles to tell of, the first to end first; a second worker finds none."""
    soon = Q(ends__lte=today + WEEK * DAY) & (Q(told_before=None) | Q(told_before__gt=WEEK))
    later = Q(ends__lte=today + MONTH * DAY, told_before=None)
    held = Role.objects.held(today).filter(soon | later, user__is_active=True)
    rows = held.select_related("user", "institution", "country").select_for_update(of=("self",))
    found = [role for role in rows.order_by("ends", "pk") if _is_long_enough(role, today)]
    return _without_those_that_go_on(found)


def _term(role: Role, today: datetime.date) -> int:
    """Return which of the two terms has begun."""
    return WEEK if role.ends and role.ends <= today + WEEK * DAY else MONTH


def _is_long_enough(role: Role, today: datetime.date) -> bool:
    """Return whether the role was there before the term: who was just given one knows its end."""
    return role.ends is not None and role.starts <= role.ends - _term(role, today) * DAY


def _without_those_that_go_on(roles: list[Role]) -> list[Role]:
    """Leave out roles that another one of the same kind continues without a day between."""
    others = Role.objects.filter(user__in={role.user_id for role in roles}, ended_at=None)
    known = list(others)
    return [role for role in roles if not _goes_on(role, known)]


def _goes_on(role: Role, others: Iterable[Role]) -> bool:
    if role.ends is None:
        return True
    return any(
        (other.user_id, other.kind, other.country_id) == (role.user_id, role.kind, role.country_id)
        and other.starts <= role.ends + DAY
        and (other.ends is None or other.ends > role.ends)
        for other in others
    )
