"""Asking to join and being let in: each step once, whoever else clicks at the same time."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from communities import access, log
from communities.groups import telling
from communities.groups.held import hold
from communities.models import Act, Community, Invitation, JoinRequest, MailChoice, Membership
from members.roles import is_member

# So long after a refusal, or a removal, somebody cannot ask again; they can be invited.
PAUSE = datetime.timedelta(days=30)
State = JoinRequest.State


def open_request(user: Any, community: Community) -> JoinRequest | None:
    """Return the request of somebody that waits for a facilitator."""
    asked = JoinRequest.objects.filter(community=community, user_id=user.pk, state=State.OPEN)
    return asked.first()


def may_ask_from(user: Any, community: Community) -> datetime.datetime | None:
    """Return when somebody who was refused or removed may ask again; None: at once."""
    refused = JoinRequest.objects.filter(community=community, user_id=user.pk)
    refused = refused.filter(state=State.DECLINED, decided_at__isnull=False)
    removed = Membership.objects.filter(community=community, user_id=user.pk, ending="removed")
    days = [
        *refused.order_by("-decided_at").values_list("decided_at", flat=True)[:1],
        *removed.order_by("-left_at").values_list("left_at", flat=True)[:1],
    ]
    again = max((day for day in days if day), default=None)
    again = again + PAUSE if again else None
    return again if again and again > timezone.now() else None


def ask(community: Community, user: Any, text: str, rhythm: str) -> bool:
    """Ask to join; False where somebody asks already, may not, or not yet."""
    if not access.may_ask_to_join(user, community) or may_ask_from(user, community):
        return False
    try:
        with transaction.atomic():
            asked = JoinRequest.objects.create(community=community, user=user, text=text)
            choose_rhythm(user, rhythm)
    except IntegrityError:  # two clicks at once: the first one counts
        return False
    telling.later(telling.asked, asked.pk)
    return True


def withdraw(community: Community, user: Any) -> bool:
    """Take one's own request back."""
    mine = JoinRequest.objects.filter(community=community, user_id=user.pk, state=State.OPEN)
    return mine.update(state=State.WITHDRAWN, decided_at=timezone.now()) == 1


def admit(asked: JoinRequest, by: Any) -> bool:
    """Let somebody in who asked; False where it is decided, or is not to be decided by `by`."""
    with transaction.atomic():
        community = hold(asked.community, by, asked.user)
        if community.closed_at is not None or not is_member(asked.user):
            return False
        if not _decide(asked, State.ACCEPTED, by, ""):
            return False
        enter(community, asked.user, by)
        log.write(Act.Kind.ADMIT, community, by, user=asked.user)
    telling.later(telling.admitted, asked.pk)
    return True


def decline(asked: JoinRequest, reason: str, by: Any) -> bool:
    """Refuse a request with a reason that the person reads; False as for `admit`."""
    with transaction.atomic():
        community = hold(asked.community, by)
        if not _decide(asked, State.DECLINED, by, reason):
            return False
        log.write(Act.Kind.DECLINE, community, by, user=asked.user, reason=reason)
    telling.later(telling.declined, asked.pk)
    return True


def enter(community: Community, user: Any, by: Any) -> Membership:
    """Put somebody into a community, once; what else waits of them there is settled."""
    membership, _new = Membership.objects.get_or_create(
        community=community, user=user, left_at=None, defaults={"admitted_by": by}
    )
    now = timezone.now()
    waiting = JoinRequest.objects.filter(community=community, user=user, state=State.OPEN)
    waiting.update(state=State.ACCEPTED, decided_at=now, decided_by=by)
    unanswered = Invitation.objects.filter(community=community, user=user, accepted_at=None)
    unanswered.filter(declined_at=None, withdrawn_at=None).update(accepted_at=now)
    access.forget_memberships(user)
    return membership


def choose_rhythm(user: Any, rhythm: str) -> None:
    """Store how often somebody wants the digest of all their communities."""
    MailChoice.objects.update_or_create(user=user, defaults={"rhythm": rhythm})


def rhythm_of(user: Any) -> str:
    """Return how often somebody gets the digest, or would unless they choose otherwise."""
    chosen = MailChoice.objects.filter(user_id=user.pk).values_list("rhythm", flat=True)
    return str(chosen.first() or MailChoice.Rhythm.WEEKLY)


def _decide(asked: JoinRequest, state: str, by: Any, reason: str) -> bool:
    """Change what waits, where `by` may; the database decides who was first."""
    if asked.user_id == by.pk or not access.may_facilitate(by, asked.community):
        return False
    waiting = JoinRequest.objects.filter(pk=asked.pk, state=State.OPEN)
    decided = {"decided_by": by, "decided_at": timezone.now(), "reason": reason}
    return waiting.update(state=state, **decided) == 1
