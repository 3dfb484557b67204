"""Links by mail for people without an account: proposed, sent, taken back, answered."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from core import links
from core.models import Link
from practices.models import PracticePage
from reviewing import access, comments, events, mails
from reviewing.assigning import locked_step, release
from reviewing.digest import text_digest
from reviewing.models import Clearance, ClearanceTask, Invitation
from reviewing.tasks import send_back
from reviewing.workflow import is_ours

PURPOSE = "review"
UNKNOWN = _("This link is not known here. Copy the whole link from the mail.")
_USED = _("This link has been used already; it works once.")
ADVISER_DAYS = 21
Answer, Purpose = Invitation.Answer, Invitation.Purpose


def begin_clearance(task: ClearanceTask, page: PracticePage) -> None:
    """Send the link again to the office that commented on the text before; else ask for one.

    An office that declined is not asked again by itself.
    """
    before = Invitation.objects.filter(page=page, purpose=Purpose.CLEAR, issued_at__isnull=False)
    last = before.exclude(address="").first()
    if last is None or last.answer == Answer.DECLINED or last.revoked_at:
        mails.clearance_wanted(page)
        return
    if last.state == "open":
        revoke(last, None)
    again = Invitation(
        page=page,
        purpose=Purpose.CLEAR,
        institution=last.institution,
        office=last.office,
        address=last.address,
        language=last.language,
        issued_by=last.issued_by,
    )
    _send(again, task.days)


def propose(invitation: Invitation, page: PracticePage, user: Any) -> None:
    """Note whom the author proposes for clearance; the secretariat sends the link."""
    waiting = Invitation.objects.filter(
        page=page, purpose=Purpose.CLEAR, issued_at=None, revoked_at=None
    )
    waiting.delete()
    invitation.page, invitation.purpose, invitation.proposed_by = page, Purpose.CLEAR, user
    invitation.save()
    events.record(page, "propose", user, office=invitation.office)
    mails.office_proposed(page)


@transaction.atomic
def issue(invitation: Invitation, page: PracticePage, user: Any) -> None:
    """Send a link for the newest version of a practice; others to clear it are taken back."""
    if not access.may_invite(user, page):
        raise PermissionDenied
    task = page.current_workflow_task
    days = task.days if isinstance(task, ClearanceTask) else ADVISER_DAYS
    if invitation.purpose == Purpose.CLEAR:
        for other in Invitation.objects.filter(page=page, purpose=Purpose.CLEAR, answer=""):
            if other.pk != invitation.pk and other.state == "open":
                revoke(other, user)
        Invitation.objects.filter(
            page=page, purpose=Purpose.CLEAR, issued_at=None, revoked_at=None
        ).exclude(pk=invitation.pk).delete()
    invitation.page, invitation.issued_by = page, user
    _send(invitation, days)


def _send(invitation: Invitation, days: int) -> None:
    now = timezone.now()
    invitation.issued_at, invitation.expires_at = now, now + timedelta(days=days)
    invitation.revision_id = invitation.page.latest_revision_id
    invitation.save()
    # The address stays with the invitation, from which it is taken when the practice is public.
    token = links.issue(PURPOSE, invitation, days)
    events.record(
        invitation.page,
        "invite",
        invitation.issued_by,
        office=invitation.office,
        purpose=invitation.purpose,
        revision=invitation.revision_id,
    )
    mails.link(invitation, token)


@transaction.atomic
def revoke(invitation: Invitation, user: Any) -> bool:
    """Take a link back; False when it was answered or taken back already."""
    open_ = Invitation.objects.filter(pk=invitation.pk, answer="", revoked_at=None)
    if not open_.update(revoked_at=timezone.now()):
        return False
    links.revoke(PURPOSE, invitation)
    events.record(invitation.page, "revoke", user, office=invitation.office)
    return True


def find(token: str) -> tuple[Link, Invitation]:
    """Return the link and what it invites to; `links.LinkError` says why it cannot be used."""
    link = links.find(PURPOSE, token)
    invitation = (
        Invitation.objects.filter(pk=link.object_id)
        .select_related("page", "revision", "institution")
        .first()
    )
    if invitation is None or invitation.revision is None:
        raise links.LinkError(UNKNOWN)
    return link, invitation


def is_current(invitation: Invitation) -> bool:
    """Return whether the text that the link shows is what waits to be cleared."""
    page = invitation.page
    same = invitation.revision_id == page.latest_revision_id
    return same and isinstance(page.current_workflow_task, ClearanceTask)


def note_refusal(token: str) -> None:
    """Write into the log that a link was tried that cannot be used any more.

    A token that never was one belongs to no practice, and nobody fills the log with it.
    """
    link = links.trace(PURPOSE, token)
    invitation = Invitation.objects.filter(pk=link.object_id).first() if link else None
    if invitation is not None:
        events.record(invitation.page, "refuse", None, invitation=invitation.pk)


class OutdatedError(Exception):
    """The text was changed, or left its step, after the link was sent."""


@transaction.atomic
def answer(token: str, choice: str, remark: str, said: Mapping[str, str]) -> Invitation:
    """Take down what somebody without an account answers; the link is used by it.

    `said` are comments by section. `links.LinkError` when the link cannot be used (any more),
    `OutdatedError` when there is something else to decide on now: then it is not used.
    """
    link, invitation = find(token)
    page = PracticePage.objects.select_for_update().get(pk=invitation.page_id)
    invitation.page = page
    clearing = invitation.purpose == Purpose.CLEAR
    state = _clearance_step(page) if clearing else None
    if clearing and (state is None or not is_current(invitation)):
        raise OutdatedError
    if not links.use(link):
        raise links.LinkError(_USED)
    invitation.answer = choice if clearing else Answer.COMMENTED
    invitation.answered_at = timezone.now()
    invitation.save()
    comments.save_from_office(invitation, said, remark)
    events.record(
        page,
        invitation.answer,
        None,
        office=invitation.office,
        institution=str(invitation.institution or ""),
        invitation=invitation.pk,
    )
    mails.answered_by_link(invitation, remark)
    if state is not None:
        _decide(page, state, invitation, remark)
    return invitation


def _clearance_step(page: PracticePage) -> TaskState | None:
    if not isinstance(page.current_workflow_task, ClearanceTask):
        return None
    return locked_step(page)


def _decide(page: PracticePage, state: TaskState, invitation: Invitation, remark: str) -> None:
    if invitation.answer != Answer.CLEARED:
        send_back(page, state, None, remark)
        return
    text = page.get_latest_revision_as_object()
    Clearance.objects.create(
        page=page,
        invitation=invitation,
        institution=invitation.institution,
        institution_name=str(invitation.institution or invitation.office),
        voice=text.voice,
        digest=text_digest(text),
    )
    state.approve(user=None, comment=remark)


def forget_when_public(sender: Any, instance: PracticePage, **kwargs: Any) -> None:
    """Empty the addresses of those without an account (receiver of `page_published`)."""
    Invitation.objects.filter(page_id=instance.pk).exclude(address="").update(address="")


def end_round(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Release reviewers and take links to clear back (receiver of `workflow_cancelled`)."""
    page = PracticePage.objects.filter(pk=instance.object_id).first()
    if page is None or not is_ours(instance):
        return
    release(instance)
    events.record(page, "withdraw", user)
    for waiting in Invitation.objects.filter(page=page, purpose=Purpose.CLEAR, answer=""):
        if waiting.state == "open":
            revoke(waiting, user)
