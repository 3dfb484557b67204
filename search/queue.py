"""The worker's part: encode what has no vector of the current encoder."""

import logging

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)


@task()
def encode_waiting() -> int:
    """Encode every waiting passage and return how many; safe to run twice and side by side."""
    from search.encoding import encode_all

    return encode_all()


def ask_for_encoding() -> None:
    """Queue one encoding run, unless one is waiting already: a run takes all there is."""
    waiting = DBTaskResult.objects.filter(
        task_path=encode_waiting.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        encode_waiting.enqueue()
