"""Who can see what is written here, and how many of them get it by mail: said on every page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from communities import access
from communities.mailing import notices
from communities.models import Community


@dataclass(frozen=True)
class Readers:
    """Who reads a community. The numbers are those of today; 0 where the reader may not know."""

    community: Community
    people: int
    at_once: int = 0  # mailed at once when this is sent, as far as it is known before
    in_digest: int = 0  # who find it in their digest


def readers_of(community: Community, user: Any, mentioned: int = 0) -> Readers:
    """Return who reads a community, as far as this person may know it; one query."""
    if not access.may_see_members(user, community):
        return Readers(community, 0)
    digest = notices.finding_in_digest(community, getattr(user, "pk", None))
    told = access.members_of(community).aggregate(
        people=Count("pk"), digest=Count("pk", filter=digest)
    )
    return Readers(community, told["people"], mentioned, max(0, told["digest"] - mentioned))
