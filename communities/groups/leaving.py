"""How a membership ends: everything that asks for it is closed at the next request."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from communities import access, log
from communities.groups.held import hold, hold_membership
from communities.models import Act, Community, Invitation, Membership, Notice


class LastFacilitatorError(Exception):
    """Nobody would be left to facilitate: somebody has to be named first."""


def end(membership: Membership, how: str, by: Any, reason: str = "") -> bool:
    """End a membership at once; False where it has ended, or `by` may not remove anybody.

    `how` is one of `Membership.Ending`. A post that is being stored is waited for; none comes
    after. Pages, search, feeds, mail and reply addresses ask `access`, which knows at once.
    """
    with transaction.atomic():
        community = hold(membership.community, by)
        removed = how == Membership.Ending.REMOVED
        if removed and not access.may_remove(by, membership):
            return False
        held = hold_membership(community, membership.user_id)
        if held is None or held.pk != membership.pk:
            return False
        held.left_at, held.ending, held.is_facilitator = timezone.now(), how, False
        held.save(update_fields=["left_at", "ending", "is_facilitator"])
        # Whoever comes back is not told of what happened before.
        waiting = Notice.objects.filter(user=held.user_id, post__thread__community=community)
        waiting.filter(settled_at=None).update(settled_at=held.left_at)
        if removed:
            invited = Invitation.objects.filter(community=community, invited_by=held.user_id)
            invited.filter(accepted_at=None, declined_at=None, withdrawn_at=None).update(
                withdrawn_at=held.left_at
            )
            log.write(Act.Kind.REMOVE, community, by, user=held.user, reason=reason)
        access.forget_memberships(by)
    return True


def leave(community: Community, user: Any) -> bool:
    """Leave a community; `LastFacilitatorError` for whoever facilitates it alone."""
    with transaction.atomic():
        community = hold(community, user)
        membership = access.memberships_of(user).get(community.pk)
        if membership is None:
            return False
        if membership.is_facilitator and not others_facilitate(community, user):
            raise LastFacilitatorError
        return end(membership, Membership.Ending.LEFT, user)


def others_facilitate(community: Community, user: Any) -> bool:
    """Return whether somebody else facilitates a community today."""
    return access.facilitators_of(community).exclude(pk=user.pk).exists()
