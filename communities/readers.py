"""Who can see what is written here, and how many of them get it by mail: said on every page."""

from dataclasses import dataclass
from typing import Any

from communities import access
from communities.mailing import notices
from communities.models import Community
from members.models import Role


@dataclass(frozen=True)
class Readers:
    """Who reads a community. The numbers are those of today; 0 where the reader may not know."""

    community: Community
    people: int
    countries: int
    at_once: int = 0  # mailed at once when this is sent, as far as it is known before
    in_digest: int = 0  # who find it in their digest


def readers_of(community: Community, user: Any, mentioned: int = 0) -> Readers:
    """Return who reads a community, as far as this person may know it; three queries."""
    if not access.may_see_members(user, community):
        return Readers(community, 0, 0)
    people = access.members_of(community)
    countries = Role.objects.held().filter(user__in=people.values("pk"), country__isnull=False)
    at_once, in_digest = notices.counted(community, getattr(user, "pk", None), mentioned)
    return Readers(
        community,
        people.count(),
        countries.values("country__code").distinct().count(),
        at_once,
        in_digest,
    )
