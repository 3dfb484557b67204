"""Warning a member, and removing one from a community."""

from typing import Any

from django.db import transaction

from communities import access, log
from communities.groups.leaving import end
from communities.models import Act, Community, Membership
from core import mail
from users.models import User


def warn(community: Community, person: User, by: Any, reason: str) -> None:
    """Tell a member by mail what must not happen again; it stands in the log."""
    with transaction.atomic():
        log.write(Act.Kind.WARN, community, by, user=person, reason=reason)
        told = {"community": community, "reason": reason}
        mail.send("community-warned", person, told)


def remove(community: Community, person: User, by: Any, reason: str) -> bool:
    """End somebody's membership at once and tell them; False where they are not in it."""
    with transaction.atomic():
        membership = _membership(community, person)
        if membership is None or not end(membership, Membership.Ending.REMOVED, by, reason):
            return False
        # The name of a private community is no secret to whom it was open until now.
        told = {"community": community, "reason": reason}
        mail.send("community-removed", person, told)
    return True


def may_be_removed(by: Any, person: User, community: Community) -> bool:
    """Return whether a facilitator may remove or warn somebody."""
    membership = _membership(community, person)
    return membership is not None and access.may_remove(by, membership)


def _membership(community: Community, person: User) -> Membership | None:
    current = Membership.objects.current().filter(community=community, user=person)
    return current.select_related("community").first()
