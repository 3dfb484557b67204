"""Where a practice stands on its way, and what its writers do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from practices.models import PracticePage

DRAFT, SENT_BACK, IN_REVIEW, PUBLISHED = "draft", "sent-back", "in-review", "published"


@dataclass(frozen=True)
class Standing:
    """A practice with its state: one of the four above."""

    page: PracticePage
    key: str
    step: str = ""  # the step of the review it is in
    comment: str = ""  # why it was sent back
    newer: bool = False  # published, with a newer draft

    @property
    def label(self) -> str:
        """Return the state in words."""
        return {
            DRAFT: _("Draft"),
            SENT_BACK: _("Sent back to you"),
            IN_REVIEW: _("In review"),
            PUBLISHED: _("Published"),
        }[self.key]

    @property
    def next_step(self) -> str:
        """Return in words what its writers do next."""
        if self.key == DRAFT and self.newer:
            return _("Your changes are a draft: send them in, and readers see them once cleared.")
        return {
            DRAFT: _("Go on writing; send it in when it says enough for others to use."),
            SENT_BACK: _("Read what the reviewers ask for, revise, and send it in again."),
            IN_REVIEW: _("Others are reading it. Nothing to do for you until they answer."),
            PUBLISHED: _("Everyone can read it. Revise it when something has changed."),
        }[self.key]

    @property
    def is_sent(self) -> bool:
        """Return whether it is with the reviewers or back from them."""
        return self.key in (IN_REVIEW, SENT_BACK)


def standing_of(page: PracticePage) -> Standing:
    """Return where one practice stands."""
    return standings([page])[0]


def standings(pages: Iterable[PracticePage]) -> list[Standing]:
    """Return where practices stand; one query for all of them, which their locks need no more."""
    pages = list(pages)
    content_type = ContentType.objects.get_for_model(Page)
    states = WorkflowState.objects.active().filter(
        base_content_type=content_type, object_id__in=[str(page.pk) for page in pages]
    )
    by_page: dict[str, Any] = {
        state.object_id: state for state in states.select_related("current_task_state__task")
    }
    for page in pages:
        # Where Wagtail looks before it asks again.
        page._current_workflow_states = [by_page[str(page.pk)]] if str(page.pk) in by_page else []
    return [_standing(page, by_page.get(str(page.pk))) for page in pages]


def _standing(page: PracticePage, state: Any) -> Standing:
    newer = bool(page.live and page.has_unpublished_changes)
    if state is None:
        published = page.live and not page.has_unpublished_changes
        return Standing(page, PUBLISHED if published else DRAFT, newer=newer)
    task = state.current_task_state
    step = task.task.name if task else ""
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Standing(page, SENT_BACK, step, task.comment if task else "", newer)
    return Standing(page, IN_REVIEW, step, newer=newer)
