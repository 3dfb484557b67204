"""The worker is killed in the middle of its work (G03), or asked for what never was (G05)."""

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import workers
from search import health, queue
from search.models import Passage
from search.verification import problems
from tests.search.crash.conftest import until
from tests.search.crash.shelf import prose

TASKS = DBTaskResult.objects


def test_a_killed_worker_loses_nothing_and_leaves_nothing_stuck(shelf, processes):
    shelf.fill(150)

    def forget_all_vectors():
        Passage.objects.update(fingerprint="", vector=None)
        queue.ask_for_encoding()

    for turn, _killed in enumerate(processes.killed_at_random(1, "worker", forget_all_vectors)):
        shelf.put(turn, f"Book {turn} again", prose(f"again {turn}"))
    processes.run("worker")
    assert list(problems()) == []
    left = (TaskResultStatus.RUNNING, TaskResultStatus.READY)
    assert not TASKS.filter(status__in=left).exists()


def encoding(processes, name="first"):
    """Start a worker of this name; return (its process, the task) when it has begun to encode."""
    pid = processes.start("worker", worker_id=name)
    tasks = TASKS.filter(task_path=queue.encode_waiting.module_path, status="RUNNING")
    task = until(lambda: next((each for each in tasks.all() if each.worker_ids[-1] == name), None))
    return pid, task


def test_a_task_of_a_dead_worker_is_told_and_run_by_the_next(shelf, processes):
    shelf.fill(400)
    victim, left = encoding(processes)
    assert processes.kill(victim)
    assert workers.abandoned() == [left]
    assert health.queue()[0] is False
    processes.run("worker")
    left.refresh_from_db()
    assert (left.status, len(left.worker_ids)) == (TaskResultStatus.SUCCESSFUL, 2)
    assert health.queue()[0] is True
    assert list(problems()) == []


def test_a_task_of_a_living_worker_is_left_to_it(shelf, processes):
    shelf.fill(400)
    busy, task = encoding(processes)
    assert workers.abandoned() == []
    assert workers.take_up_again() == 0
    assert processes.wait(busy) == 0
    task.refresh_from_db()
    assert (task.status, len(task.worker_ids)) == (TaskResultStatus.SUCCESSFUL, 1)


def test_two_workers_never_have_one_name(shelf, processes):
    with workers.alive("first"):
        twin = processes.start("worker", worker_id="first")
        assert processes.wait(twin) == 1
        assert "another id" in processes.told()
        processes.run("worker", worker_id="second")
    processes.run("worker", worker_id="first")


def test_a_task_that_ends_every_worker_is_given_up(shelf, processes):
    shelf.fill(400)
    for turn in range(workers.MOST_ATTEMPTS):
        victim, left = encoding(processes, f"victim {turn}")
        assert processes.kill(victim)
    processes.run("worker")
    left.refresh_from_db()
    assert left.status == TaskResultStatus.FAILED
    assert str(workers.MOST_ATTEMPTS) in left.traceback
    # Its texts are not given up: a worker that starts asks again for what waits.
    assert list(problems()) == []


def test_texts_that_wait_for_no_task_are_told_and_encoded_by_the_next_worker(shelf, processes):
    shelf.fill(3)
    TASKS.all().delete()
    assert health.queue()[0] is False
    processes.run("worker")
    assert health.queue()[0] is True
    assert list(problems()) == []


def test_what_was_rolled_back_is_never_run(shelf, processes):
    shelf.fill(1)
    processes.run("worker")
    before = TASKS.count()
    with transaction.atomic():
        shelf.put(1, "Never", "This was never committed.")
        assert TASKS.count() == before + 1
        transaction.set_rollback(True)
    assert TASKS.count() == before
    assert not Passage.objects.filter(text__contains="never").exists()


def test_what_was_committed_is_run(shelf, processes):
    with transaction.atomic():
        shelf.put(1, "Kept", "This was committed.")
    processes.run("worker")
    assert Passage.objects.get(text__contains="committed").vector is not None
