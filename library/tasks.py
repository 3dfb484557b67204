"""What the worker does for files."""

from django.db.models import Q
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.workers import regularly
from library import reasons
from library.extract import read_file
from library.models import LibraryFile, TextStatus


@task()
def read_uploaded_file(file_id: int) -> None:
    """Read the text of a file; nothing happens if it is gone or was read already."""
    file = LibraryFile.objects.filter(pk=file_id).first()
    if file is not None:
        read_file(file)


@regularly
def ask_for_what_was_not_read(starting: bool) -> None:
    """Queue the files whose task was lost, when a worker starts, and those of before cleaning.

    A process may have been killed between storing a file and asking for its text. Those that
    could not be scanned are tried each minute.
    """
    coming = DBTaskResult.objects.filter(
        task_path=read_uploaded_file.module_path,
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
    )
    asked = {task.args_kwargs["args"][0] for task in coming}
    wanted = Q(withheld=reasons.UNSCANNED)
    if starting:
        wanted |= Q(text_status=TextStatus.PENDING) | Q(withheld=reasons.UNCLEAN)
    waiting = LibraryFile.objects.filter(wanted).exclude(pk__in=asked)
    for file_id in waiting.values_list("pk", flat=True):
        read_uploaded_file.enqueue(file_id)
