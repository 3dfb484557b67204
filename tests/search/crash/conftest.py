"""Crashes, with real processes: each test has a database, a data folder and processes of its own.

`CRASH_KILLS=100` sets how many processes each test of `kill -9` kills; the suite kills KILLS of
each kind. Every process works with a small model of sentence-transformers made on the spot (random
weights): what is tested is where its vectors go, not what they say.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager

import pytest
from django.conf import settings as configured

from search import caches, encoders, sources
from tests.search.crash.models import tiny_model
from tests.search.crash.shelf import only_source
from tests.seeded import ROOT, connect_to, connected_to, on_postgresql

# Seconds; on a busy machine everything may take long.
WITHIN = 60
KILLS = int(os.environ.get("CRASH_KILLS", "12"))


def until(true):
    """Return the first true value of `true()`."""
    deadline = time.monotonic() + WITHIN
    while not (value := true()):
        assert time.monotonic() < deadline, f"not within {WITHIN} s"
        time.sleep(0.005)
    return value


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """Two models of the same size that say different things, and one of another size."""
    folder = tmp_path_factory.mktemp("models")
    tiny_model(folder / "one", seed=1, size=32)
    tiny_model(folder / "two", seed=2, size=32)
    tiny_model(folder / "wide", seed=3, size=48)
    return folder


@pytest.fixture
def own_database(templates, django_db_setup, django_db_blocker, settings, tmp_path, models):
    """An empty database that other processes see, with its own folders and the first model."""
    from django.db import connection

    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_ENCODER = str(models / "one")
    settings.SEARCH_RUNTIME = "sentence-transformers"  # an export takes ten seconds a model
    settings.SEARCH_RUNTIME = "sentence-transformers"  # exporting such a model takes longer
    with (
        django_db_blocker.unblock(),
        _fresh_database(templates, tmp_path) as name,
        connected_to(name),
    ):
        encoders.forget()
        caches._current = caches.Caches()
        yield name
        connection.close()
    encoders.forget()
    caches._current = caches.Caches()


@contextmanager
def _fresh_database(templates, folder):
    from django.db import connection

    usual, name = connection.settings_dict["NAME"], f"test_crash_{uuid.uuid4().hex[:12]}"
    templates.copy("empty", folder, name)
    yield name if on_postgresql() else str(folder / "db.sqlite3")
    if on_postgresql():
        connect_to(usual)
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def shelf(own_database):
    """The only source of documents here and in all processes of the test."""
    known = dict(sources._sources)
    source = only_source()
    source.create()
    yield source
    sources._sources.clear()
    sources._sources.update(known)


class Driver:
    """The warm parent of all processes of this session (`driver.py`)."""

    def __init__(self, log):
        self.log = log
        with log.open("ab") as lines:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "tests" / "search" / "crash" / "driver.py")],
                env={
                    **os.environ,
                    "DATA_DIR": str(log.parent),
                    "DJANGO_SETTINGS_MODULE": "config.settings.dev",
                    "DEBUG": "0",
                    "SEARCH_RUNTIME": "sentence-transformers",
                    "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
                },
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=lines,
                text=True,
            )
        assert self.process.stdout.readline() == "ready\n", log.read_text()

    def ask(self, **what):
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@pytest.fixture(scope="session")
def driver(tmp_path_factory):
    started = Driver(tmp_path_factory.mktemp("driver") / "processes.log")
    yield started
    started.process.stdin.close()
    started.process.wait(30)


class Processes:
    """Starts pieces of work (`driver.WORK`) as processes of their own."""

    def __init__(self, driver, database, real):
        self.driver, self.database, self.real = driver, database, real

    def start(self, work, settings=(), **arguments):
        """Start it under the settings of this test; return the number of the process."""
        here = {
            "DATA_DIR": str(configured.DATA_DIR),
            "MEDIA_ROOT": str(configured.MEDIA_ROOT),
            "SEARCH_INDEX_DIR": str(configured.SEARCH_INDEX_DIR),
            "SEARCH_ENCODER": configured.SEARCH_ENCODER,
            "SEARCH_RUNTIME": configured.SEARCH_RUNTIME,
        }
        return self.driver.ask(
            start=work,
            arguments=arguments,
            settings=here | dict(settings),
            database=self.database,
            real=self.real,
        )

    def wait(self, pid):
        return self.driver.ask(wait=pid)

    def run(self, work, **arguments):
        """Do the work to its end."""
        assert self.wait(self.start(work, **arguments)) == 0, self.told()

    def kill(self, pid):
        """Kill, unless it has ended; True if it was in time."""
        os.kill(pid, signal.SIGKILL)  # nobody has waited for it: the number is still its own
        status = self.wait(pid)
        assert status in (0, -signal.SIGKILL), self.told()
        return status != 0

    def killed_at_random(self, seed, work, prepare):
        """Kill KILLS processes in the midst of this work, each after another time; yield each time.

        A process that ends before its time does not count, and the next ones get less.
        """
        dice = random.Random(seed)
        prepare()
        started = time.monotonic()
        self.run(work)
        longest = time.monotonic() - started
        for _ in range(KILLS):
            prepare()
            while not self._killed_after(dice.uniform(0, longest), work):
                longest *= 0.8
                prepare()
            yield

    def _killed_after(self, seconds, work):
        pid = self.start(work)
        time.sleep(seconds)
        return self.kill(pid)

    def told(self):
        """What all processes of the session have written to standard error."""
        return self.driver.log.read_text()


@pytest.fixture
def processes(request, driver, own_database):
    return Processes(driver, own_database, real="shelf" not in request.fixturenames)
