"""What stands beside a community for one reader: the way in, or what waits for them inside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from communities import access
from communities.groups import joining
from communities.models import Community, Invitation, JoinRequest
from members.roles import is_member


@dataclass(frozen=True)
class WayIn:
    """How somebody who is not in a community could come into it."""

    is_member: bool  # of the Alliance
    may_ask: bool
    not_before: datetime | None = None
    asked: JoinRequest | None = None
    invitation: Invitation | None = None


def way_in(user: Any, community: Community) -> WayIn | None:
    """Return the way into a community; None for whoever is in it."""
    if access.is_in(user, community):
        return None
    if not is_member(user):
        return WayIn(is_member=False, may_ask=False)
    invited = access.open_invitations(user).filter(community=community)
    return WayIn(
        is_member=True,
        may_ask=access.may_ask_to_join(user, community),
        not_before=joining.may_ask_from(user, community),
        asked=joining.open_request(user, community),
        invitation=invited.select_related("invited_by").first(),
    )


def facilitators(user: Any, community: Community) -> list[Any]:
    """Return who facilitates, as far as this person may see them by name."""
    if not access.may_see_facilitators(user, community):
        return []
    return list(access.facilitators_of(community).order_by("last_name", "first_name", "pk"))


def waiting_requests(user: Any, community: Community) -> int:
    """Return how many requests wait for this person's decision."""
    if not access.may_facilitate(user, community):
        return 0
    state = JoinRequest.State.OPEN
    return JoinRequest.objects.filter(community=community, state=state).count()
