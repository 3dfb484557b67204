"""The requests of a community with what helps to decide them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from communities.groups.forms import ReasonForm
from communities.models import Community, JoinRequest, Membership
from members.models import Role
from members.roles import telling_first

State = JoinRequest.State


@dataclass(frozen=True)
class Waiting:
    """One request: who asks, by which role, and what was before."""

    request: JoinRequest
    role: Role | None
    may_enter: bool  # False: not a member of the Alliance any more
    before: Sequence[Any]  # requests that were declined and memberships that have ended
    form: ReasonForm


def waiting(community: Community, typed: tuple[int, ReasonForm] | None = None) -> list[Waiting]:
    """Return the open requests, the longest waiting first; four queries for any number."""
    rows = JoinRequest.objects.filter(community=community, state=State.OPEN)
    requests = list(rows.select_related("user"))
    people = [row.user_id for row in requests]
    roles = defaultdict(list)
    for role in (
        Role.objects.held().filter(user__in=people).select_related("institution", "country")
    ):
        roles[role.user_id].append(role)
    before = _before(community, people)
    return [
        Waiting(
            row,
            next(iter(telling_first(roles[row.user_id])), None),
            bool(roles[row.user_id]) or row.user.is_superuser,
            before[row.user_id],
            typed[1] if typed and typed[0] == row.pk else ReasonForm(auto_id=f"r{row.pk}_%s"),
        )
        for row in requests
    ]


def _before(community: Community, people: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    declined = JoinRequest.objects.filter(community=community, user__in=people)
    for asked in declined.filter(state=State.DECLINED):
        found[asked.user_id].append(asked)
    ended = Membership.objects.filter(community=community, user__in=people, left_at__isnull=False)
    for membership in ended:
        found[membership.user_id].append(membership)
    return found
