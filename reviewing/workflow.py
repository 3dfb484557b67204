"""The workflow "Practices": its steps, and that it holds for every list of practices."""

from typing import Any

from django.db.models import Q
from wagtail.models import Workflow, WorkflowPage, WorkflowState, WorkflowTask

from practices.models import PracticeIndexPage
from reviewing.models import ClearanceTask, PeerReviewTask, PublicationTask

NAME = "Practices"
STEPS = (
    (PeerReviewTask, "Review by peers"),
    (ClearanceTask, "Clearance by the institution"),
    (PublicationTask, "Publication by the secretariat"),
)

# By its steps, not by its name, which the editor may change.
OURS = Q(workflow_tasks__task__content_type__app_label="reviewing")


def ensure_workflow() -> Workflow:
    """Return the workflow; made, with its steps, where it is not there yet."""
    workflow = Workflow.objects.filter(OURS, active=True).order_by("pk").first()
    if workflow is None:
        workflow = Workflow.objects.create(name=NAME, active=True)
    for place, (model, name) in enumerate(STEPS):
        if not workflow.workflow_tasks.filter(task__content_type__model=model._meta.model_name):
            task = model.objects.filter(active=True).order_by("pk").first()
            task = task or model.objects.create(name=name, active=True)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    return workflow


def follow_lists(sender: Any, instance: PracticeIndexPage, created: bool, **kwargs: Any) -> None:
    """Let a new list of practices follow the workflow (receiver of `post_save`)."""
    if created and not kwargs.get("raw"):
        WorkflowPage.objects.get_or_create(
            page_id=instance.pk, defaults={"workflow": ensure_workflow()}
        )


def is_ours(state: WorkflowState) -> bool:
    """Return whether a round is one of this app."""
    return bool(Workflow.objects.filter(OURS, pk=state.workflow_id).exists())


def assign_to_lists() -> None:
    """Let the lists of practices that have no workflow of their own follow this one."""
    workflow = ensure_workflow()
    free = PracticeIndexPage.objects.filter(workflowpage__isnull=True)
    for pk in free.values_list("pk", flat=True):
        WorkflowPage.objects.get_or_create(page_id=pk, defaults={"workflow": workflow})
