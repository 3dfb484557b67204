"""Who facilitates a community: named, handed over, given back."""

from typing import Any

from django.db import transaction

from communities import access, log
from communities.groups import telling
from communities.groups.held import hold, hold_membership
from communities.groups.joining import enter
from communities.groups.leaving import LastFacilitatorError, others_facilitate
from communities.models import Act, Community, Membership
from members.roles import is_member


def name(community: Community, person: Any, by: Any, hand_over: bool = False) -> bool:
    """Let somebody facilitate; with `hand_over`, `by` stops doing so. False where `by` may not.

    Facilitators name those who are in it; the secretariat any member of the Alliance, who is in
    it from then on.
    """
    with transaction.atomic():
        community = hold(community, by, person)
        if not is_member(person) or not access.may_name_facilitator(by, community, person):
            return False
        membership = hold_membership(community, person.pk) or enter(community, person, by)
        if membership.is_facilitator:
            return False
        _set(membership, True, by)
        if hand_over and (own := hold_membership(community, by.pk)) and own.is_facilitator:
            _set(own, False, by)
    telling.later(telling.named, membership.pk, by.pk)
    return True


def step_down(community: Community, user: Any) -> bool:
    """Stop facilitating; `LastFacilitatorError` where nobody else does."""
    with transaction.atomic():
        community = hold(community, user)
        own = hold_membership(community, user.pk)
        if own is None or not own.is_facilitator:
            return False
        if not others_facilitate(community, user):
            raise LastFacilitatorError
        _set(own, False, user)
    return True


def relieve(community: Community, person: Any, by: Any) -> bool:
    """Let somebody facilitate no more, who stays in it; for the secretariat."""
    with transaction.atomic():
        community = hold(community, by, person)
        held = hold_membership(community, person.pk)
        if held is None or not held.is_facilitator:
            return False
        if not access.may_relieve_facilitator(by, person):
            return False
        _set(held, False, by)
    return True


def _set(membership: Membership, facilitates: bool, by: Any) -> None:
    membership.is_facilitator = facilitates
    membership.save(update_fields=["is_facilitator"])
    changed = {"facilitator": [not facilitates, facilitates]}
    kind = Act.Kind.HAND_OVER
    log.write(kind, membership.community, by, user=membership.user, detail=changed)
    access.forget_memberships(membership.user)
    access.forget_memberships(by)
