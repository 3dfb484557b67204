"""What the worker does for attachments."""

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from communities.attachments.reading import read
from communities.models import Attachment
from core.workers import regularly


@task()
def read_attachment(pk: int) -> None:
    """Read the text of a file; nothing happens if it is gone or was read already."""
    attachment = Attachment.objects.filter(pk=pk).first()
    if attachment is not None:
        read(attachment)


@regularly
def ask_for_what_was_not_read(starting: bool) -> None:
    """Queue the files whose task was lost, when a worker starts."""
    if not starting:
        return
    coming = DBTaskResult.objects.filter(
        task_path=read_attachment.module_path,
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
    )
    asked = {task.args_kwargs["args"][0] for task in coming}
    waiting = Attachment.objects.filter(text_status=Attachment.Status.PENDING)
    for pk in waiting.exclude(pk__in=asked).values_list("pk", flat=True):
        read_attachment.enqueue(pk)
