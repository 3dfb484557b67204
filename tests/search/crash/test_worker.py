"""The worker is killed in the middle of its work (G03), or asked for what never was (G05)."""

import random
import time

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import workers
from search import health, queue
from search.models import Passage
from search.verification import problems
from tests.search.crash.conftest import KILLS
from tests.search.crash.shelf import prose


def fill(shelf, count, name="first"):
    for number in range(count):
        shelf.put(number, f"Book {number}", prose(f"{name} {number}"))


def test_a_killed_worker_loses_nothing_and_leaves_nothing_stuck(shelf, processes):
    fill(shelf, 150)
    dice = random.Random(1)
    started = time.monotonic()
    processes.run("worker")
    longest = time.monotonic() - started
    assert list(problems()) == []
    in_time = 0
    for turn in range(KILLS):
        Passage.objects.update(fingerprint="", vector=None)
        queue.ask_for_encoding()
        victim = processes.start("worker")
        time.sleep(dice.uniform(0, longest * 1.1))
        in_time += processes.kill(victim)
        shelf.put(turn, f"Book {turn} again", prose(f"again {turn}"))
    assert in_time > KILLS // 3
    processes.run("worker")
    assert list(problems()) == []
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exists()
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.READY).exists()
