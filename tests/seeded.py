"""The demo knowledge base for tests, loaded once a session by the commands people use.

The first process that needs it runs `migrate` and `seed` into a template; every test process and
every server then works on a copy of its own. `pytest --reuse-db` keeps the template in `var/` for
the next run (SQLite only; delete `var/test-template` after changing models or demo content).
"""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import get_commands
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE_DATABASE = "practice_exchange_template"


def environment(data_dir, database=""):
    """What a process of its own needs to work in this folder: as `make run` would, in English."""
    from django.db import connection

    found = {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "0",
    }
    if connection.vendor == "postgresql":
        base = found["DATABASE_URL"].rpartition("/")[0]
        found["DATABASE_URL"] = f"{base}/{database}"
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


def sql(statement):
    from django.db import connection

    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def build(folder):
    from django.db import connection

    folder.mkdir(parents=True)
    if connection.vendor == "postgresql":
        sql(f"DROP DATABASE IF EXISTS {TEMPLATE_DATABASE}")
        sql(f"CREATE DATABASE {TEMPLATE_DATABASE}")
    env = environment(folder, TEMPLATE_DATABASE)
    seed = ["seed"] if "reindex" in get_commands() else ["seed", "--no-index"]
    for command in (["migrate", "-v0"], ["createcachetable"], seed):
        manage(*command, env=env)


def copy(template, folder, database):
    """Copy the template into a folder and, on PostgreSQL, into a database of this name."""
    from django.db import connection

    shutil.copytree(template, folder, dirs_exist_ok=True)
    if connection.vendor == "postgresql":
        sql(f"DROP DATABASE IF EXISTS {database}")
        sql(f"CREATE DATABASE {database} TEMPLATE {TEMPLATE_DATABASE}")


@pytest.fixture(scope="session")
def template(request, tmp_path_factory, django_db_setup, django_db_blocker):
    """The folder that the demo knowledge base was loaded into; only to be copied."""
    worker = hasattr(request.config, "workerinput")
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if worker else shared
    reuse = request.config.getvalue("reuse_db")
    folder = ROOT / "var" / "test-template" if reuse else shared / "template"
    folder.parent.mkdir(exist_ok=True)
    with FileLock(f"{folder}.lock"), django_db_blocker.unblock():
        done = folder / "complete"
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            build(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def seeded_database(request, template, django_db_blocker):
    """The name of this process's database with the demo knowledge base."""
    from django.conf import settings
    from django.db import connection

    worker = getattr(request.config, "workerinput", {}).get("workerid", "only")
    with django_db_blocker.unblock():
        copy(template, settings.DATA_DIR, f"practice_exchange_{worker}")
    if connection.vendor == "postgresql":
        return f"practice_exchange_{worker}"
    return str(settings.DATA_DIR / "db.sqlite3")


@contextmanager
def connected_to(name):
    """Let Django work on another database for a while."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    usual = connection.settings_dict["NAME"]
    for each in (name, usual):
        connection.close()
        connection.settings_dict["NAME"] = each
        # The ids of content types are those of the other database.
        ContentType.objects.clear_cache()
        if each == name:
            yield


@pytest.fixture
def right_database(request, django_db_setup, django_db_blocker):
    """The empty database, or the one with the demo content for who asks for `seeded`."""
    if "seeded" not in request.fixturenames:
        yield
        return
    name = request.getfixturevalue("seeded_database")
    with django_db_blocker.unblock(), connected_to(name):
        yield


@pytest.fixture
def _django_db_helper(right_database, _django_db_helper):
    """Choose the database before pytest-django opens its transaction on it."""


@pytest.fixture
def seeded(db):
    """The demo knowledge base; what a test changes is rolled back."""
