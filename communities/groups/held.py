"""Holding a community still while somebody is let in, leaves, or changes what they may."""

from typing import Any

from communities import access
from communities.models import Community, Membership


def hold(community: Community, *people: Any) -> Community:
    """Return the community as it stands, and let nobody else change who is in it until the end.

    Must be the first lock of a transaction. What these people are in is read anew.
    """
    # No key: whoever only refers to the community, as the log does, need not wait.
    stored = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    for person in people:
        access.forget_memberships(person)
    return stored


def hold_membership(community: Community, user_id: int | None) -> Membership | None:
    """Return somebody's membership of today; whoever posts by it waits, or is waited for."""
    current = Membership.objects.select_for_update().filter(left_at=None)
    return current.filter(community=community, user_id=user_id or 0).first()
