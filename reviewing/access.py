"""Who may do what on a practice's way to the public: the one place that decides it.

What somebody may not see is answered like what does not exist.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.models import Page, Revision, WorkflowState

from core.remembering import once_a_reading
from members.access import has_editor
from members.roles import Kind, has, is_secretariat
from practices.access import is_editor, practices_of
from practices.models import PracticePage
from practices.rights import has_written
from reviewing.models import Assignment

State = Assignment.State
ACTIVE = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def _signed_in(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


def reading(user: Any) -> QuerySet[Assignment]:
    """Return a reviewer's assignments of rounds that go on; none once the role has ended."""
    if not (_signed_in(user) and has(user, Kind.REVIEWER)):
        return Assignment.objects.none()
    return Assignment.objects.filter(
        reviewer=user,
        workflow_state__status__in=ACTIVE,
        state__in=[State.ASKED, State.RECOMMENDED, State.CHANGES],
    )


@once_a_reading
def assignment_of(user: Any, page: PracticePage) -> Assignment | None:
    """Return the assignment by which somebody reads this draft as one of its reviewers."""
    return reading(user).filter(page=page).select_related("workflow_state").first()


def reads_as_reviewer(user: Any, page: PracticePage) -> bool:
    """Return whether somebody reads this draft as one of its reviewers."""
    return assignment_of(user, page) is not None


def asked(user: Any) -> QuerySet[Assignment]:
    """Return the assignments that wait for this reviewer's answer now."""
    return reading(user).filter(
        state=State.ASKED, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    )


def is_asked(user: Any, page: PracticePage) -> bool:
    """Return whether this reviewer's answer is waited for; never for one's own item."""
    mine = assignment_of(user, page)
    if mine is None or mine.state != State.ASKED:
        return False
    going = mine.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    return going and not has_written(user, page)


def may_decide(user: Any, page: PracticePage) -> bool:
    """Return whether somebody decides on this practice for the secretariat: never on their own."""
    return is_secretariat(user) and not has_written(user, page)


def may_publish_directly(user: Any, page: PracticePage) -> bool:
    """Return whether somebody publishes the newest version without a review.

    Only what the secretariat itself wrote (a correction, something taken from a document), and
    somebody else of it: what others wrote is theirs to send in.
    """
    if page.current_workflow_state is not None or not may_decide(user, page):
        return False
    if page.live and not page.has_unpublished_changes:
        return False
    newer = Revision.objects.for_instance(page).filter(user__isnull=False)
    if page.live_revision_id:
        newer = newer.filter(pk__gt=page.live_revision_id)
    writers = {revision.user for revision in newer.select_related("user").defer("content")}
    if not page.live and page.owner is not None:
        writers.add(page.owner)
    return all(is_secretariat(writer) for writer in writers)


def may_manage(user: Any) -> bool:
    """Return whether somebody sees all reviews and the people in them."""
    return is_secretariat(user)


def may_invite(user: Any, page: PracticePage) -> bool:
    """Return whether somebody sends links: the secretariat and the section's editors.

    A link that clears a text is as good as an approval: nobody sends it for what they wrote.
    """
    if not _signed_in(user) or has_written(user, page):
        return False
    return is_secretariat(user) or _edits_section(user, page)


def _edits_section(user: Any, page: PracticePage) -> bool:
    """Return whether somebody edits this part of the site in the editor's interface."""
    if not has_editor(user):
        return False
    return "change" in page.permissions_for_user(user).permissions


def may_read(user: Any, page: PracticePage) -> bool:
    """Return whether somebody may open the review of a practice."""
    if not _signed_in(user):
        return False
    return is_editor(user, page) or reads_as_reviewer(user, page) or may_invite(user, page)


def whole_practices() -> QuerySet[PracticePage]:
    """Return practices with what pages on their review show of them."""
    pages: QuerySet[PracticePage] = PracticePage.objects.select_related(
        "owner", "latest_revision", *PracticePage.read_with
    )
    return pages


def page_for(user: Any, pk: int) -> PracticePage:
    """Return a practice whose review somebody may open; `Http404` for all others."""
    page: PracticePage = get_object_or_404(whole_practices(), pk=pk)
    if not may_read(user, page):
        raise Http404
    return page


def page_to_invite_for(user: Any, pk: int) -> PracticePage:
    """Return a practice for which somebody may send links; `Http404` for all others."""
    page: PracticePage = get_object_or_404(whole_practices(), pk=pk)
    if not may_invite(user, page):
        raise Http404
    return page


def may_propose_office(user: Any, page: PracticePage) -> bool:
    """Return whether somebody tells whom to ask for clearance: the authors."""
    return is_editor(user, page)


def in_review() -> QuerySet[WorkflowState]:
    """Return the rounds that go on, whatever step they are in."""
    return WorkflowState.objects.filter(
        status__in=ACTIVE, base_content_type=ContentType.objects.get_for_model(Page)
    )


def waiting_pages(user: Any) -> set[int]:
    """Return the ids of the practices that wait for an act of this person."""
    found = set(asked(user).values_list("page_id", flat=True))
    if is_secretariat(user):
        found |= {int(pk) for pk in in_review().values_list("object_id", flat=True)}
    return found


def reviews_of(user: Any) -> QuerySet[PracticePage]:
    """Return the practices in review that are this person's to write."""
    going = [int(pk) for pk in in_review().values_list("object_id", flat=True)]
    mine: QuerySet[PracticePage] = practices_of(user).filter(Q(pk__in=going))
    return mine
