"""Databases for tests: standing, empty, with the vocabulary, with the demo knowledge base.

Each is made once a session, by the commands people use, as a template; every test process and
every server works on copies of its own. `pytest --reuse-db` keeps the templates
in `var/test-template` for later runs (with SQLite) until migrations or content change; delete
that folder after changing what is indexed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock

from tests.kept import standing, wanted_by

ROOT = Path(__file__).resolve().parents[1]
# What most tests begin with: a site with its home page and its list of practices, and no more.
STANDING = """
from tests import factories
from django_tasks_db.models import DBTaskResult
from practices.models import PracticeIndexPage
factories.index(PracticeIndexPage)
DBTaskResult.objects.all().delete()
"""
# How each template is made: from which other one, by which commands.
RECIPES = {
    "empty": (None, [["migrate", "-v0"], ["createcachetable"]]),
    "standing": ("empty", [["shell", "--no-imports", "-v0", "-c", STANDING]]),
    "vocabulary": ("empty", [["load_vocabulary"]]),
    "seeded": ("vocabulary", [["seed"]]),
}


def on_postgresql():
    from django.db import connection

    return connection.vendor == "postgresql"


def environment(data_dir, database):
    """What a process of its own needs to work, as under `make run`, in this folder or database."""
    from django.conf import settings

    found = {
        **os.environ,
        "DATA_DIR": str(data_dir),
        # One export of the model serves all; it takes some seconds.
        "SEARCH_MODELS_DIR": str(settings.SEARCH_MODELS_DIR),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "0",
    }
    if on_postgresql():
        found["DATABASE_URL"] = found["DATABASE_URL"].rpartition("/")[0] + f"/{database}"
    else:
        found.pop("DATABASE_URL", None)
    return found


def manage(*arguments, env):
    """Run manage.py and return what it printed; fail with all of it."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        pytest.fail(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}", pytrace=False)
    return done.stdout


def create(database, template):
    """Create a PostgreSQL database as a copy; with SQLite it is a file and was copied as one."""
    from django.db import connection

    if on_postgresql():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {database}")
            cursor.execute(f"CREATE DATABASE {database} TEMPLATE {template}")


class Templates:
    """Templates in a folder that all processes of this run share; made when first asked for."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def copy(self, name, folder, database):
        """Copy a template into a data folder and, with PostgreSQL, into this database."""
        with FileLock(self.folder / f"{name}.lock"):
            made = self.folder / name
            if not (made / "complete").exists():
                self._make(name, made)
        shutil.copytree(made, folder, dirs_exist_ok=True)
        create(database, f"template_{name}")

    def _make(self, name, made):
        source, commands = RECIPES[name]
        shutil.rmtree(made, ignore_errors=True)
        if source:
            self.copy(source, made, f"template_{name}")
            (made / "complete").unlink()
        else:
            made.mkdir()
            create(f"template_{name}", "template0")
        for command in commands:
            manage(*command, env=environment(made, f"template_{name}"))
        (made / "complete").touch()


def fingerprint():
    """A name for the state of what the templates are made from."""
    parts = [
        *ROOT.glob("*/migrations/*.py"),
        *ROOT.glob("site/*/migrations/*.py"),
        *ROOT.glob("site/config/seeding/*.py"),
        *ROOT.glob("site/config/demo/**/*.*"),
        *ROOT.glob("site/vocabulary/data/**/*.*"),
        ROOT / "tests" / "factories.py",
    ]
    contents = b"".join(path.read_bytes() for path in sorted(parts))
    return hashlib.sha256(contents).hexdigest()[:12]


@pytest.fixture(scope="session")
def templates(request, tmp_path_factory):
    """The templates of this run."""
    if request.config.getvalue("reuse_db") and not on_postgresql():
        return Templates(ROOT / "var" / "test-template" / fingerprint())
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if hasattr(request.config, "workerinput") else own
    return Templates(shared / "templates")


@pytest.fixture(scope="session")
def copy_of(request, templates, django_db_blocker):
    """Return a function that copies a template for this process and tells the database's name."""
    from django.conf import settings

    worker = getattr(request.config, "workerinput", {}).get("workerid", "only")

    def copy(name):
        folder, database = settings.DATA_DIR / "databases" / name, f"test_{name}_{worker}"
        with django_db_blocker.unblock():
            templates.copy(name, folder, database)
        return database if on_postgresql() else folder / "db.sqlite3"

    return copy


def connect_to(name):
    """Let Django work on this database from now on."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    standing.clear()
    connection.close()
    connection.settings_dict["NAME"] = name
    # The ids of content types are those of the other database.
    ContentType.objects.clear_cache()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, copy_of):
    """Copy the standing database instead of migrating one for each process (15 s of work)."""
    with django_db_blocker.unblock():
        connect_to(copy_of("standing"))


@pytest.fixture(scope="session")
def database_of(django_db_setup, copy_of):
    """Return a function that tells the name of this process's copy of a template."""
    from django.conf import settings

    @cache
    def name_of(template):
        name = copy_of(template)
        for folder in ("media", "index"):
            made = settings.DATA_DIR / "databases" / template / folder
            if made.exists():
                shutil.copytree(made, settings.DATA_DIR / folder, dirs_exist_ok=True)
        return name

    return name_of


@contextmanager
def connected_to(name):
    from django.db import connection

    usual = connection.settings_dict["NAME"]
    connect_to(name)
    yield
    connect_to(usual)


@pytest.fixture
def right_database(request, django_db_setup, django_db_blocker, database_of):
    """The standing database, or the one that the test asks for by a fixture."""
    from django.db import connection

    template = next((name for name in RECIPES if name in request.fixturenames), "standing")
    with django_db_blocker.unblock():
        name = database_of(template)
        if str(connection.settings_dict["NAME"]) != str(name):
            connect_to(name)
        standing.settle(wanted_by(request))


@pytest.fixture
def _django_db_helper(right_database, _django_db_helper):
    """Choose the database before pytest-django opens its transaction on it."""


@pytest.fixture
def empty(db):
    """A database without any page; what a test changes is rolled back."""


@pytest.fixture
def vocabulary(db):
    """The vocabulary of the project; what a test changes is rolled back."""


@pytest.fixture
def seeded(db):
    """The demo knowledge base; what a test changes is rolled back."""


@pytest.fixture
def just_seeded(seeded):
    """The demo knowledge base as `seed` leaves it, whenever this run has made it."""
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.update(enqueued_at=timezone.now())
