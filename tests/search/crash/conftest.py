"""Crashes, with real processes: each test has a database, a data folder and processes of its own.

`CRASH_KILLS=100` sets how many processes each test of `kill -9` kills; the suite kills KILLS of
each kind. Every process works with a small model of sentence-transformers made on the spot (random
weights): what is tested is where its vectors go, not what they say.
"""

import json
import os
import signal
import subprocess
import sys
import uuid
from contextlib import contextmanager

import pytest

from search import caches, encoders, sources
from tests.search.crash.models import tiny_model
from tests.search.crash.shelf import only_source
from tests.seeded import ROOT, connect_to, connected_to, on_postgresql

KILLS = int(os.environ.get("CRASH_KILLS", "12"))


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """Two models of the same size that say different things, and one of another size."""
    folder = tmp_path_factory.mktemp("models")
    tiny_model(folder / "one", seed=1, size=32)
    tiny_model(folder / "two", seed=2, size=32)
    tiny_model(folder / "wide", seed=3, size=48)
    return folder


@pytest.fixture
def own_database(copy_of, django_db_setup, django_db_blocker, settings, tmp_path, models):
    """An empty database that other processes see, with its own folders and the first model."""
    from django.db import connection

    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_ENCODER = str(models / "one")
    with django_db_blocker.unblock(), _fresh_database(tmp_path) as name, connected_to(name):
        encoders.forget()
        caches._current = caches.Caches()
        yield name
        connection.close()
    encoders.forget()
    caches._current = caches.Caches()


@contextmanager
def _fresh_database(folder):
    from django.db import connection

    template = connection.settings_dict["NAME"]
    if not on_postgresql():
        copy = folder / "db.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        yield str(copy)
        return
    name = f"test_crash_{uuid.uuid4().hex[:12]}"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield name
    connect_to(template)
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


@pytest.fixture
def environment(own_database, tmp_path, models):
    """What another process needs to work on the same database and folders."""
    found = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "0",
        "SEARCH_ENCODER": str(models / "one"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    if on_postgresql():
        found["DATABASE_URL"] = found["DATABASE_URL"].rpartition("/")[0] + f"/{own_database}"
    else:
        found.pop("DATABASE_URL", None)
    return found


class Processes:
    """Starts pieces of work (`driver.WORK`) as processes of their own."""

    def __init__(self, environment, log):
        self.log = log
        with log.open("ab") as lines:
            self.driver = subprocess.Popen(
                [sys.executable, str(ROOT / "tests" / "search" / "crash" / "driver.py")],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=lines,
                text=True,
            )
        assert self.driver.stdout.readline() == "ready\n", self.told()

    def _ask(self, **what):
        self.driver.stdin.write(json.dumps(what) + "\n")
        self.driver.stdin.flush()
        return json.loads(self.driver.stdout.readline())

    def start(self, work, **arguments):
        return self._ask(start=work, **arguments)

    def wait(self, pid):
        return self._ask(wait=pid)

    def run(self, work, **arguments):
        """Do the work to its end."""
        assert self.wait(self.start(work, **arguments)) == 0, self.told()

    def kill(self, pid):
        """Kill, unless it has ended; True if it was in time."""
        os.kill(pid, signal.SIGKILL)  # nobody has waited for it: the number is still its own
        status = self.wait(pid)
        assert status in (0, -signal.SIGKILL), self.told()
        return status != 0

    def told(self):
        return self.log.read_text()

    def end(self):
        self.driver.stdin.close()
        self.driver.wait(30)


@pytest.fixture
def processes(environment, tmp_path):
    started = Processes(environment, tmp_path / "processes.log")
    yield started
    started.end()
