"""Where practices stand on their way, in words, and how long each step takes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from wagtail.models import TaskState, WorkflowState

from practices.models import PracticePage
from reviewing.access import ACTIVE, in_review
from reviewing.models import Assignment, Invitation

REVIEW, CLEARANCE, PUBLICATION = "peerreviewtask", "clearancetask", "publicationtask"
STEPS = (REVIEW, CLEARANCE, PUBLICATION)
LOOKED_AT = timedelta(days=365)


def step_label(step: str) -> str:
    """Return the name of a step in the reader's language."""
    return {
        REVIEW: gettext("Review by peers"),
        CLEARANCE: gettext("Clearance by the institution"),
        PUBLICATION: gettext("Publication by the secretariat"),
    }.get(step, step)


@dataclass(frozen=True)
class Round:
    """A practice in review: the step, since when, and what it waits for."""

    page: PracticePage
    step: str
    is_sent_back: bool
    since: datetime
    assignments: list[Assignment] = field(default_factory=list)
    invitation: Invitation | None = None

    @property
    def title(self) -> str:
        """The title of the newest version."""
        return self.page.draft_title or self.page.title

    @property
    def label(self) -> str:
        """The step, or that it is with its authors."""
        return gettext("With the author") if self.is_sent_back else step_label(self.step)

    @property
    def days(self) -> int:
        """For how many days it has been there."""
        return (timezone.now() - self.since).days

    @property
    def is_overdue(self) -> bool:
        """Whether an answer that was asked for should be here by now."""
        if self.is_sent_back:
            return False
        if self.step == CLEARANCE:
            return self.invitation is not None and self.invitation.state == "expired"
        return self.step == REVIEW and any(each.is_overdue for each in self.assignments)

    @property
    def words(self) -> str:
        """What the practice waits for, in a sentence."""
        if self.is_sent_back:
            return gettext("Sent back with comments: revise it and send it in again.")
        if self.step == REVIEW:
            return self._review_words()
        if self.step == CLEARANCE:
            return self._clearance_words()
        return gettext("With the secretariat, which checks and publishes it.")

    def _review_words(self) -> str:
        open_ = [each for each in self.assignments if each.state == Assignment.State.ASKED]
        given = [each for each in self.assignments if each.answered_at]
        if not open_:
            return gettext("The secretariat is looking for a reviewer.")
        told = ngettext(
            "With %(number)d reviewer, who answers by %(day)s.",
            "With %(number)d reviewers, who answer by %(day)s.",
            len(open_),
        )
        day = date_format(max(each.due for each in open_), "DATE_FORMAT")
        sentence = told % {"number": len(open_), "day": day}
        if given:
            more = ngettext("%(number)d has answered.", "%(number)d have answered.", len(given))
            sentence += " " + more % {"number": len(given)}
        return sentence

    def _clearance_words(self) -> str:
        asked = self.invitation
        if asked is None:
            return gettext("It has to be cleared: tell the secretariat which office does that.")
        if asked.state == "proposed":
            return gettext("The secretariat will send the link to the office that you named.")
        if asked.state == "open" and asked.expires_at:
            day = date_format(asked.expires_at, "DATE_FORMAT")
            told = gettext("With the institution (%(office)s), which can answer until %(day)s.")
            return told % {"office": asked.office, "day": day}
        return gettext("The link for the institution does not work any more: it needs a new one.")


def rounds(
    states: QuerySet[WorkflowState] | None = None, known: dict[int, PracticePage] | None = None
) -> list[Round]:
    """Return the practices in review, those that wait longest first; four queries for all."""
    wanted = in_review() if states is None else states
    stepping = wanted.select_related("current_task_state__task__content_type")
    going = [state for state in stepping if state.current_task_state]
    pages = known or PracticePage.objects.in_bulk([int(state.object_id) for state in going])
    assigned, invited = _assignments(going), _invitations(pages)
    found = [
        _round(state, pages[int(state.object_id)], assigned[state.pk], invited)
        for state in going
        if int(state.object_id) in pages
    ]
    return sorted(found, key=lambda each: (each.since, each.page.pk))


def _round(
    state: WorkflowState,
    page: PracticePage,
    assigned: list[Assignment],
    invited: dict[int, Invitation],
) -> Round:
    current = state.current_task_state
    back = state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return Round(
        page=page,
        step=current.task.content_type.model,
        is_sent_back=back,
        since=(current.finished_at or current.started_at) if back else current.started_at,
        assignments=assigned,
        invitation=invited.get(page.pk),
    )


def _assignments(states: Iterable[WorkflowState]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = defaultdict(list)
    shown = [Assignment.State.ASKED, Assignment.State.RECOMMENDED, Assignment.State.CHANGES]
    rows = Assignment.objects.filter(workflow_state__in=list(states), state__in=shown)
    for row in rows.select_related("reviewer"):
        found[row.workflow_state_id].append(row)
    return found


def _invitations(pages: Iterable[int]) -> dict[int, Invitation]:
    """Return the newest invitation to clear for each practice."""
    rows = Invitation.objects.filter(
        page__in=list(pages), purpose=Invitation.Purpose.CLEAR, revoked_at=None
    )
    found: dict[int, Invitation] = {}
    for row in rows:
        found.setdefault(row.page_id, row)
    return found


def round_of(page: PracticePage) -> Round | None:
    """Return where one practice stands, if it is in review."""
    states = WorkflowState.objects.for_instance(page).filter(status__in=ACTIVE)
    return next(iter(rounds(states, {page.pk: page})), None)


@dataclass(frozen=True)
class Turnaround:
    """How long a step took in the last year: the median of the days, and of how many."""

    label: str
    days: float
    number: int


def turnaround() -> list[Turnaround]:
    """Return each step with its median of days from asking to answer; none that never ran."""
    ended = TaskState.objects.filter(
        task__content_type__app_label="reviewing",
        status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED],
        finished_at__gte=timezone.now() - LOOKED_AT,
    )
    took: dict[str, list[float]] = defaultdict(list)
    for step, began, done in ended.values_list(
        "task__content_type__model", "started_at", "finished_at"
    ):
        took[step].append((done - began).total_seconds() / 86_400)
    return [
        Turnaround(step_label(step), round(median(took[step]), 1), len(took[step]))
        for step in STEPS
        if took[step]
    ]
