"""Asking reviewers, and taking down their answers; every change is in the audit log."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from practices.models import PracticePage
from reviewing import access, events, mails
from reviewing.matching import chosen, find_candidate
from reviewing.models import Assignment, PeerReviewTask
from users.models import User

State = Assignment.State


def ask_reviewers(task: PeerReviewTask, workflow_state: WorkflowState) -> None:
    """Ask as many reviewers as the step wants; those of the round before are asked again.

    Who recommended it already is left in peace. Where nobody suits, the secretariat is told.
    """
    page = PracticePage.objects.get(pk=workflow_state.object_id)
    mine = Assignment.objects.filter(workflow_state=workflow_state)
    for again in mine.filter(state__in=[State.ASKED, State.CHANGES]).select_related("reviewer"):
        _ask_again(page, again, task.days)
    there = mine.filter(state__in=[State.ASKED, State.RECOMMENDED]).count()
    wanted = task.reviewers_wanted - there
    known = mine.exclude(reviewer=None).values_list("reviewer_id", flat=True)
    for user in chosen(page, max(wanted, 0), but=known):
        _ask(page, workflow_state, user, task.days, by=None)
    if not mine.filter(state=State.ASKED).exists():
        mails.no_reviewer(page)


def _ask(page: PracticePage, round_: WorkflowState, user: User, days: int, by: Any) -> Assignment:
    before = Assignment.objects.filter(page=page)
    known = before.filter(reviewer=user).values_list("number", flat=True).first()
    number = known or (before.aggregate(most=Max("number"))["most"] or 0) + 1
    made, _new = Assignment.objects.update_or_create(
        workflow_state=round_,
        reviewer=user,
        defaults={
            "page": page,
            "number": number,
            "state": State.ASKED,
            "assigned_by": by,
            "asked_at": timezone.now(),
            "due": timezone.localdate() + timedelta(days=days),
            "answered_at": None,
            "reminded_at": None,
        },
    )
    events.record(page, "assign", by, reviewer=number)
    mails.asked(made)
    return made


def _ask_again(page: PracticePage, again: Assignment, days: int) -> None:
    again.state, again.answered_at, again.reminded_at = State.ASKED, None, None
    again.asked_at, again.due = timezone.now(), timezone.localdate() + timedelta(days=days)
    again.save()
    events.record(page, "assign", None, reviewer=again.number)
    mails.asked(again)


def mine(page: PracticePage, user: Any) -> Assignment:
    """Return the assignment that waits for this reviewer, locked; `PermissionDenied` without."""
    waiting = access.asked(user).filter(page=page)
    found = Assignment.objects.select_for_update().filter(pk__in=waiting.values("pk")).first()
    if found is None:
        raise PermissionDenied
    return found


def _answer(page: PracticePage, user: Any, state: State) -> Assignment:
    given = mine(page, user)
    given.state, given.answered_at = state, timezone.now()
    given.revision_id = page.latest_revision_id
    given.save()
    return given


def recommend(page: PracticePage, user: Any, comment: str) -> bool:
    """Note a recommendation; True when it was the last answer that was waited for."""
    given = _answer(page, user, State.RECOMMENDED)
    events.record(page, "recommend", user, reviewer=given.number, comment=comment)
    round_ = Assignment.objects.filter(workflow_state=given.workflow_state_id)
    return not round_.filter(state=State.ASKED).exists()


def ask_for_changes(page: PracticePage, user: Any, comment: str) -> None:
    """Note that a reviewer wants changes first; the secretariat may send back without being one."""
    if not access.is_asked(user, page):
        return
    given = _answer(page, user, State.CHANGES)
    events.record(page, "changes", user, reviewer=given.number, comment=comment)


@transaction.atomic
def declare_conflict(page: PracticePage, user: Any) -> None:
    """Take a reviewer off a practice for good, and ask the next who suits."""
    given = _answer(page, user, State.CONFLICT)
    events.record(page, "conflict", user, reviewer=given.number)
    _replace(page, given)


def _replace(page: PracticePage, gone: Assignment) -> None:
    round_ = gone.workflow_state
    others = Assignment.objects.filter(workflow_state=round_)
    task = current_review(page)
    if task is None:
        return
    but = others.exclude(reviewer=None).values_list("reviewer_id", flat=True)
    for user in chosen(page, 1, but=but):
        _ask(page, round_, user, task.days, by=None)
    if not others.filter(state=State.ASKED).exists():
        mails.no_reviewer(page)


def current_review(page: PracticePage) -> PeerReviewTask | None:
    """Return the review by peers that a practice is in now, if it is."""
    task = page.current_workflow_task
    return task if isinstance(task, PeerReviewTask) else None


@transaction.atomic
def change(page: PracticePage, wanted: Iterable[int], by: Any) -> list[Assignment]:
    """Ask just these reviewers (ids of users); return the new ones. Answers given stay.

    Whoever may not review the practice is left out. Only while the review by peers goes on.
    """
    state = locked_step(page)
    task = current_review(page)
    if state is None or task is None or not access.may_decide(by, page):
        raise PermissionDenied
    ids = set(wanted)
    round_ = state.workflow_state
    asked = Assignment.objects.filter(workflow_state=round_, state=State.ASKED)
    for gone in asked.exclude(reviewer__in=ids).select_related("reviewer"):
        gone.state, gone.answered_at = State.RELEASED, timezone.now()
        gone.save()
        events.record(page, "release", by, reviewer=gone.number)
        mails.released(gone)
    held = {State.ASKED, State.RECOMMENDED, State.CHANGES}
    there = Assignment.objects.filter(workflow_state=round_, state__in=held)
    new = ids - set(there.values_list("reviewer_id", flat=True))
    users = [user for user in (find_candidate(page, pk) for pk in sorted(new)) if user]
    return [_ask(page, round_, user, task.days, by=by) for user in users]


def locked_step(page: PracticePage) -> TaskState | None:
    """Return the step that a practice is in, locked until the transaction ends."""
    current = page.current_workflow_task_state
    if current is None:
        return None
    state: TaskState = TaskState.objects.select_for_update().get(pk=current.pk)
    return state if state.status == TaskState.STATUS_IN_PROGRESS else None


@transaction.atomic
def close(page: PracticePage, by: Any, reason: str) -> None:
    """Go on without the answers that are missing; the secretariat says why, in the log."""
    state = locked_step(page)
    if state is None or current_review(page) is None or not access.may_decide(by, page):
        raise PermissionDenied
    release(state.workflow_state)
    events.record(page, "close", by, reason=reason)
    state.approve(user=by, comment=reason)


def release(round_: WorkflowState) -> None:
    """Release the reviewers of a round who have not answered, and tell them."""
    asked = Assignment.objects.filter(workflow_state=round_, state=State.ASKED)
    for gone in asked.select_related("reviewer", "page"):
        gone.state, gone.answered_at = State.RELEASED, timezone.now()
        gone.save()
        mails.released(gone)
