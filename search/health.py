"""How the parts of search are, for the readiness page and for `verify_index`."""

import datetime

from django.conf import settings
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import workers
from search import bridges, caches, encoders, snapshots
from search.caches import PreparingError
from search.encoders import EncoderUnavailableError
from search.encoding import waiting
from search.models import IndexedDocument
from search.queue import anything_queued, anything_waiting
from search.stores import pgvector_table

# A task that has waited longer than this is a worker that does not run.
LONGEST_WAIT = datetime.timedelta(minutes=15)
State = tuple[bool, str]


def index() -> State:
    """Return whether this process can answer from the index, and how much is in it."""
    try:
        view = caches.current().view()
    except PreparingError:
        return False, "The index is being prepared; this passes by itself."
    stored = IndexedDocument.objects.filter(withdrawn=False).count()
    if not stored:
        return False, "The index is empty. Run `manage.py reindex`."
    vectors = 0 if view.vectors is None else len(view.vectors)
    where = "in PostgreSQL" if pgvector_table.asked_for() else "in memory"
    return True, f"{len(view.catalogue)} documents live of {stored}, {vectors} vectors {where}"


def encoder() -> State:
    """Return whether questions can be encoded; search answers by words meanwhile."""
    try:
        current = encoders.current()
        current.load()
        missing = waiting(current.fingerprint)
    except EncoderUnavailableError as error:
        return False, str(error)
    told = f"{current.fingerprint}, {missing} passages wait to be encoded"
    return True, told


def languages() -> State:
    """Return which language layers are in use; one that is only not installed is no fault."""
    found = list(bridges.states())
    told = "; ".join(f"{each.layer} {each.pair}: {each.state} ({each.told})" for each in found)
    return all(each.state != bridges.BROKEN for each in found), told


def queue() -> State:
    """Return whether the worker keeps up, and nothing was left lying."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    oldest = ready.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    if oldest and timezone.now() - oldest > LONGEST_WAIT:
        minutes = int((timezone.now() - oldest).total_seconds() // 60)
        return False, f"A task has waited {minutes} minutes. Start `manage.py db_worker`."
    if left := workers.abandoned():
        return False, f"A worker died at {len(left)} tasks. Start `manage.py db_worker`."
    if _waits_for_nothing():
        return False, "Texts wait for no task. Start `manage.py db_worker` again."
    return True, f"{ready.count()} tasks wait"


def _waits_for_nothing() -> bool:
    try:
        return not anything_queued() and anything_waiting()
    except EncoderUnavailableError:
        return False  # that is told by `encoder`


def snapshot() -> State:
    """Return whether the snapshot of the vectors is whole; without it nothing is lost.

    With the vectors in PostgreSQL there is none: then, whether its table has all of them.
    """
    if pgvector_table.asked_for():
        return _table()
    try:
        manifest = snapshots.check(settings.SEARCH_INDEX_DIR)
    except snapshots.NoSnapshotError:
        return True, "no snapshot yet; the vectors are read from the database"
    except snapshots.SnapshotError as error:
        return False, f"The snapshot is not usable: {error}. Run `manage.py reindex`."
    return True, f"{manifest.count} vectors as of change {manifest.sequence}"


def _table() -> State:
    if problem := pgvector_table.problem():
        return False, problem
    try:
        missing = pgvector_table.missing(encoders.current().fingerprint).count()
    except EncoderUnavailableError as error:
        return False, str(error)
    if missing:
        return False, f"{missing} vectors are not in PostgreSQL yet. Run `manage.py reindex`."
    return True, "all vectors are in PostgreSQL"


CHECKS = {"index": index, "encoder": encoder, "queue": queue, "snapshot": snapshot}
