"""Wagtail's own mails, but not about practices: those go to all moderators and lead to the editor.

Authors and reviewers cannot open the editor's pages; `reviewing.mails` writes to them.
"""

from typing import Any

from wagtail.admin.mail import (
    Notifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from reviewing.workflow import is_ours


class NotOfPractices(Notifier):
    """Stays silent about rounds of this app."""

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        """Return whether Wagtail writes a mail."""
        return bool(super().can_handle(instance, **kwargs)) and not is_ours(instance)


class Submitted(NotOfPractices, WorkflowStateSubmissionEmailNotifier):
    """Something was sent in."""


class Rejected(NotOfPractices, WorkflowStateRejectionEmailNotifier):
    """Something was sent back."""


class Approved(NotOfPractices, WorkflowStateApprovalEmailNotifier):
    """Something was approved."""


# Kept here, because signals hold their receivers weakly.
NOTIFIERS = (
    (workflow_submitted, Submitted(), "workflow_state_submitted_email_notification"),
    (workflow_rejected, Rejected(), "workflow_state_rejected_email_notification"),
    (workflow_approved, Approved(), "workflow_state_approved_email_notification"),
)


def replace_notifiers() -> None:
    """Take the place of Wagtail's notifiers, whether they are connected already or will be."""
    for signal, notifier, uid in NOTIFIERS:
        signal.disconnect(sender=WorkflowState, dispatch_uid=uid)
        signal.connect(notifier, sender=WorkflowState, dispatch_uid=uid)
