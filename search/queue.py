"""The worker's part: encode what has no vector of the current encoder."""

import datetime
import logging
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.workers import regularly
from search.encoders import EncoderUnavailableError

log = logging.getLogger(__name__)
# After a failure nobody asks again for so long, except a worker that starts.
PAUSE = datetime.timedelta(minutes=15)


@task()
def encode_waiting() -> int:
    """Encode every waiting passage and return how many; safe to run twice and side by side."""
    from search.encoding import encode_all

    return encode_all()


@task()
def mend_index() -> int:
    """Bring rows up to date that differ from their sources and return how many."""
    from search.verification import mend

    return mend()


def ask_for_encoding() -> None:
    """Queue one encoding run with the present transaction, unless one is waiting already.

    Both come with the commit or not at all: no text can wait without a run to come. A run that
    waits is locked until then: it must not begin before it can see what was written.
    """
    with transaction.atomic():
        waiting = _tasks(encode_waiting.module_path, TaskResultStatus.READY)
        if waiting.select_for_update(skip_locked=True).first() is None:
            encode_waiting.enqueue()


@regularly
def ask_for_what_waits(starting: bool) -> None:
    """Queue an encoding run if passages wait for none, whatever has happened to theirs.

    A worker that starts also has the rows compared with their sources, once.
    """
    if starting:
        _ask_for_mending()
    if anything_queued() or (not starting and _failed_lately()):
        return
    try:
        if anything_waiting() or (starting and _shadows_wait()):
            ask_for_encoding()
    except EncoderUnavailableError as error:
        log.warning("Nothing can be encoded: %s", error)


def anything_waiting() -> bool:
    """Return whether a passage waits to be encoded; raises `EncoderUnavailableError`."""
    from search import encoders
    from search.models import Passage

    return Passage.objects.exclude(fingerprint=encoders.current().fingerprint).exists()


def _shadows_wait() -> bool:
    """Return whether a language layer came, went or changed since the shadows were made."""
    from search.bridges import shadows
    from search.models import Passage

    return Passage.objects.filter(shadows.outdated()).exists()


def anything_queued() -> bool:
    """Return whether an encoding run waits or is under way."""
    coming = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return _tasks(encode_waiting.module_path, *coming).exists()


def _failed_lately() -> bool:
    failed = _tasks(encode_waiting.module_path, TaskResultStatus.FAILED)
    return failed.filter(finished_at__gt=timezone.now() - PAUSE).exists()


def _ask_for_mending() -> None:
    with transaction.atomic():
        waiting = _tasks(mend_index.module_path, TaskResultStatus.READY)
        if waiting.select_for_update(skip_locked=True).first() is None:
            mend_index.enqueue()


def _tasks(path: str, *states: str) -> QuerySet[DBTaskResult[Any, Any]]:
    return DBTaskResult.objects.filter(task_path=path, status__in=states)
