"""Who is told what: each mail to those alone whom it concerns, in their language."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model

from core.mail import send
from members.roles import Kind, people
from practices.models import PracticePage
from practices.rights import writers_of
from reviewing.models import Assignment, Invitation


def authors(page: PracticePage) -> Iterable[Any]:
    """Return whoever began a practice and whoever sent it in."""
    round_ = page.workflow_states.order_by("-created_at", "-pk").first()
    ids = {page.owner_id, round_.requested_by_id if round_ else None} - {None}
    return get_user_model()._default_manager.filter(pk__in=ids, is_active=True)


def _title(page: PracticePage) -> str:
    """Return the title of the newest version, which is what is under review."""
    return page.draft_title or page.title


def _context(page: PracticePage, **more: Any) -> dict[str, Any]:
    return {"page": page, "title": _title(page), **more}


def asked(assignment: Assignment) -> None:
    """Tell a reviewer what to read, and until when."""
    if assignment.reviewer:
        context = _context(assignment.page, assignment=assignment)
        send("review-asked", assignment.reviewer, context)


def reminded(assignment: Assignment) -> None:
    """Remind a reviewer of an answer that is overdue."""
    if assignment.reviewer:
        context = _context(assignment.page, assignment=assignment)
        send("review-reminder", assignment.reviewer, context)


def released(assignment: Assignment) -> None:
    """Tell a reviewer that the answer is not waited for any more."""
    if assignment.reviewer:
        send("review-released", assignment.reviewer, _context(assignment.page))


def no_reviewer(page: PracticePage) -> None:
    """Tell the secretariat that nobody was found who suits."""
    _to_secretariat("review-no-reviewer", page)


def ready_to_publish(page: PracticePage) -> None:
    """Tell the secretariat that a practice waits for publication."""
    _to_secretariat("review-ready", page)


def clearance_wanted(page: PracticePage) -> None:
    """Tell the authors that an office has to clear it, and the secretariat to send the link."""
    for author in authors(page):
        send("review-clearance-wanted", author, _context(page))
    _to_secretariat("review-clearance-to-send", page)


def answered_by_link(invitation: Invitation, remark: str) -> None:
    """Tell the authors what came back by a link."""
    context = _context(invitation.page, invitation=invitation, remark=remark)
    for author in authors(invitation.page):
        send("review-answered", author, context)


def office_proposed(page: PracticePage) -> None:
    """Tell the secretariat whom the author proposes for clearance."""
    _to_secretariat("review-clearance-to-send", page)


def sent_back(page: PracticePage, comment: str) -> None:
    """Tell the authors that changes are asked for; the link leads to their own form."""
    for author in authors(page):
        send("review-sent-back", author, _context(page, comment=comment))


def published(page: PracticePage) -> None:
    """Tell the authors that their practice is public, or will be at its time."""
    fresh = PracticePage.objects.get(pk=page.pk)
    for author in authors(fresh):
        send("review-published", author, _context(fresh))


def link(invitation: Invitation, token: str) -> None:
    """Send a link to somebody without an account, in the language that was chosen."""
    context = _context(invitation.page, invitation=invitation, token=token)
    send("review-link", invitation.address, context, language=invitation.language)


def _to_secretariat(name: str, page: PracticePage) -> None:
    """Tell the secretariat, but for those who wrote it: they decide nothing on it."""
    for person in people(Kind.SECRETARIAT).exclude(pk__in=writers_of(page)):
        send(name, person, _context(page))
