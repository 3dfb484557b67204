"""Background workers: which of them live, what dead ones left behind, what is due now and then.

`django-tasks-db` marks a task as running and never looks at it again; a worker that is killed would
leave it so for ever. Here each worker holds a lock as long as its process lives: an advisory lock
of PostgreSQL or, with SQLite (one machine anyway), a locked file. Both are let go of however the
process ends, so that no clock has to be trusted: a task whose worker holds no lock is taken up
again. Tasks must therefore be safe to run twice.
"""

import fcntl
import hashlib
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)
EVERY_SECONDS = 60.0
# A task that ended so many workers is not tried again: it may be what ends them.
MOST_ATTEMPTS = 5
ENDED_ITS_WORKERS = "core.workers.EndedItsWorkers"

Task = DBTaskResult[Any, Any]
Regular = Callable[[bool], None]
_regular: list[Regular] = []


class WorkerExistsError(RuntimeError):
    """Another worker of this id lives."""


def regularly(function: Regular) -> Regular:
    """Have this called when a worker starts (with True) and every minute then (with False).

    It must be quick and safe to call from several workers: it looks for work, it does none.
    """
    _regular.append(function)
    return function


@contextmanager
def alive(worker_id: str) -> Iterator[None]:
    """Let this process count as the worker of this id; raises `WorkerExistsError`."""
    caretaker = _Caretaker(worker_id)
    caretaker.start()
    caretaker.ready.wait()
    if not caretaker.ours:
        raise WorkerExistsError(f"A worker called {worker_id!r} runs already; give another id.")
    try:
        take_up_again(worker_id)
        for function in _regular:
            function(True)
        yield
    finally:
        caretaker.ending.set()
        caretaker.join()


def abandoned(own: str = "") -> list[Task]:
    """Return the tasks whose worker is gone; `own` is a worker that runs nothing yet."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    left = []
    for task in running:
        with _is_gone(_worker_of(task), own) as gone:
            if gone:
                left.append(task)
    return left


def take_up_again(own: str = "", but: str = "") -> int:
    """Put the tasks of dead workers back into the queue and return how many.

    Nothing is taken from `but`, the worker that asks while it may run one.
    """
    count = 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        worker = _worker_of(task)
        if worker and worker == but:
            continue
        with _is_gone(worker, own) as gone:
            count += gone and _put_back(task)
    return count


def _put_back(seen: Task) -> bool:
    """Make a task ready again, or give it up; False if somebody else has seen to it."""
    with transaction.atomic():
        rows = DBTaskResult.objects.select_for_update().filter(pk=seen.pk)
        task = rows.filter(status=TaskResultStatus.RUNNING).first()
        if task is None or task.worker_ids != seen.worker_ids:
            return False
        if len(task.worker_ids) < MOST_ATTEMPTS:
            task.status = TaskResultStatus.READY
            log.warning("The worker of %s has died; it is run again.", task.task_path)
        else:
            task.status, task.finished_at = TaskResultStatus.FAILED, timezone.now()
            task.exception_class_path = ENDED_ITS_WORKERS
            task.traceback = f"{MOST_ATTEMPTS} workers died while they ran this task."
            log.error("%s is given up: %s", task.task_path, task.traceback)
        task.save()
    return True


def _worker_of(task: Task) -> str:
    return str(task.worker_ids[-1]) if task.worker_ids else ""


class _Caretaker(threading.Thread):
    """Holds the lock of a worker, on a connection of its own, and looks around every minute."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="worker-caretaker", daemon=True)
        self.worker_id = worker_id
        self.ready, self.ending = threading.Event(), threading.Event()
        self.ours = False
        self._file: IO[str] | None = None

    def run(self) -> None:
        """Take the lock and keep it until told to end."""
        try:
            self.ours = self._take()
            self.ready.set()
            while self.ours and not self.ending.wait(EVERY_SECONDS):
                self._look_around()
        finally:
            self.ready.set()
            if self._file is not None:
                _path(self.worker_id).unlink(missing_ok=True)
                self._file.close()
            connection.close()

    def _take(self) -> bool:
        if connection.vendor == "postgresql":
            return _ask("SELECT pg_try_advisory_lock(%s)", self.worker_id)
        self._file = _locked(self.worker_id)
        return self._file is not None

    def _look_around(self) -> None:
        try:
            if connection.vendor == "postgresql" and connection.connection is None:
                self._take()  # the lock went with the connection
            take_up_again(but=self.worker_id)
            for function in _regular:
                function(False)
        except Exception:  # whatever it was, the next minute may be better
            log.exception("The worker could not look for what waits.")
            connection.close()


@contextmanager
def _is_gone(worker_id: str, own: str) -> Iterator[bool]:
    """Give True, and let nobody else get it, while no process is the worker of this id."""
    if not worker_id or worker_id == own:
        yield True
    elif connection.vendor == "postgresql":
        gone = _ask("SELECT pg_try_advisory_lock(%s)", worker_id)
        try:
            yield gone
        finally:
            if gone:
                _ask("SELECT pg_advisory_unlock(%s)", worker_id)
    else:
        file = _locked(worker_id)
        try:
            yield file is not None
        finally:
            if file is not None:
                _path(worker_id).unlink(missing_ok=True)
                file.close()


def _ask(statement: str, worker_id: str) -> bool:
    key = int.from_bytes(_digest(worker_id)[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])
        return bool(cursor.fetchone()[0])


def _locked(worker_id: str) -> IO[str] | None:
    """Return the locked file of a worker, None while another process has it."""
    path = _path(worker_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _path(worker_id: str) -> Path:
    return Path(settings.DATA_DIR) / "workers" / f"{_digest(worker_id).hex()[:32]}.lock"


def _digest(worker_id: str) -> bytes:
    return hashlib.sha256(f"worker {worker_id}".encode()).digest()
