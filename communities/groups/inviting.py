"""Inviting members of the Alliance: only they can accept, once, for some weeks."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from communities import access, log
from communities.groups import telling
from communities.groups.held import hold
from communities.groups.joining import choose_rhythm, enter
from communities.models import Act, Community, Invitation
from members.roles import is_member
from users.models import User

VALID = datetime.timedelta(weeks=4)


def waiting_invitations(community: Community) -> Any:
    """Return the invitations that can still be accepted, but those by address.

    They would tell whether there is an account with this address, and whose it is.
    """
    waiting = unanswered(community).filter(expires_at__gt=timezone.now(), by_address=False)
    return waiting.select_related("user", "invited_by")


def unanswered(community: Community) -> Any:
    """Return the invitations that nobody accepted, refused or took back; expired ones, too."""
    sent = Invitation.objects.filter(community=community)
    return sent.filter(accepted_at=None, declined_at=None, withdrawn_at=None)


def invite(community: Community, person: Any, text: str, by: Any) -> bool:
    """Invite a member of the Alliance; False where they are in it or invited already."""
    with transaction.atomic():
        community = hold(community, by, person)
        if not _can_be_invited(community, person, by):
            return False
        before = unanswered(community).filter(user=person)
        if before.filter(by_address=False).exists():
            return False
        # One by address is no secret any more; nobody is mailed twice for it.
        known = before.update(by_address=False) > 0
        if not known:
            _send(community, person, text, by, by_address=False)
        log.write(Act.Kind.INVITE, community, by, user=person)
    return True


def invite_address(community: Community, address: str, text: str, by: Any) -> None:
    """Invite whoever has this address, if it is a member of the Alliance.

    It is logged and left to the worker in either case: whoever typed the address learns nothing,
    not even by the time it takes.
    """
    with transaction.atomic():
        log.write(Act.Kind.INVITE, community, by, detail={"by_address": True})
        telling.later(_invite_address, community.pk, address, text, by.pk)


def withdraw_address(community: Community, address: str, by: Any) -> None:
    """Take back an invitation by address, if there is one."""
    telling.later(_withdraw_address, community.pk, address, by.pk)


@task()
def _invite_address(community: int, address: str, text: str, by: int) -> None:
    group = Community.objects.get(pk=community)
    inviting, person = User.objects.filter(pk=by).first(), _holder_of(address)
    if inviting is None or person is None:
        return
    with transaction.atomic():
        group = hold(group, inviting, person)
        free = not unanswered(group).filter(user=person, expires_at__gt=timezone.now()).exists()
        if free and _can_be_invited(group, person, inviting):
            _send(group, person, text, inviting, by_address=True)


@task()
def _withdraw_address(community: int, address: str, by: int) -> None:
    group = Community.objects.get(pk=community)
    inviting, person = User.objects.filter(pk=by).first(), _holder_of(address)
    if inviting and person and access.may_facilitate(inviting, group):
        sent = unanswered(group).filter(by_address=True, user=person)
        sent.update(withdrawn_at=timezone.now())


def withdraw(invitation: Invitation) -> bool:
    """Take an invitation back; False where it was answered."""
    waiting = unanswered(invitation.community).filter(pk=invitation.pk)
    return bool(waiting.update(withdrawn_at=timezone.now()))


def accept(community: Community, user: Any, rhythm: str) -> bool:
    """Join by one's own invitation; False where there is none any more."""
    with transaction.atomic():
        community = hold(community, user)
        mine = access.open_invitations(user).filter(community=community).first()
        if mine is None:
            return False
        enter(community, user, mine.invited_by)
        choose_rhythm(user, rhythm)
        told = {"invitation": mine.pk}
        log.write(Act.Kind.ADMIT, community, mine.invited_by, user=user, detail=told)
    return True


def decline(community: Community, user: Any) -> bool:
    """Refuse one's own invitation; nobody is told."""
    with transaction.atomic():
        community = hold(community, user)
        mine = access.open_invitations(user).filter(community=community).values("pk")
        refused = Invitation.objects.filter(pk__in=mine)
        return bool(refused.update(declined_at=timezone.now()))


def _holder_of(address: str) -> User | None:
    return User.objects.filter(email__iexact=address, is_active=True).first()


def _can_be_invited(community: Community, person: Any, by: Any) -> bool:
    """Return whether `by` may invite this person; who is in it, or left the Alliance, cannot be.

    An invitation that has expired makes room for the next.
    """
    unanswered(community).filter(user=person, expires_at__lte=timezone.now()).update(
        withdrawn_at=timezone.now()
    )
    if not access.may_invite(by, community) or not is_member(person):
        return False
    return not access.is_in(person, community)


def _send(community: Community, person: Any, text: str, by: Any, by_address: bool) -> None:
    invitation = Invitation.objects.create(
        community=community,
        user=person,
        text=text,
        invited_by=by,
        by_address=by_address,
        expires_at=timezone.now() + VALID,
    )
    telling.later(telling.invited, invitation.pk)
