"""A database and an index folder that exist only for one evaluation."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.utils import DatabaseError

PREFIX = "practice-exchange-evaluation-"


class ThrowawayError(RuntimeError):
    """The database cannot be made; the message says how to mend it."""


@contextmanager
def throwaway_site() -> Iterator[None]:
    """Let this process work on a fresh database with the vocabulary and a fresh index folder.

    On the engine of DATABASE_URL: a file with SQLite, a database of its own with PostgreSQL.
    Both are removed at the end, also after Ctrl-C, SIGTERM and a closed terminal. The site's own
    database is not opened (PostgreSQL: asked only to make the other one).
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
        settings.SEARCH_INDEX_DIR = Path(folder) / "index"
        usual = connection.settings_dict["NAME"]
        _name_database(Path(folder))
        try:
            _make_database()
            yield
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # pressed twice: the first one counts
            _remove_database(str(usual))


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _name_database(folder: Path) -> None:
    sqlite = connection.vendor == "sqlite"
    name = str(folder / "db.sqlite3") if sqlite else f"{PREFIX}{os.getpid()}".replace("-", "_")
    connection.settings_dict["TEST"] |= {"NAME": name, "MIGRATE": True, "TEMPLATE": None}
    # Migrations are followed only for the index itself, which may hold more than models say;
    # all other tables are made at once from their models: one second instead of twenty.
    settings.MIGRATION_MODULES = {
        app.label: None for app in apps.get_app_configs() if app.label != "search"
    }


def _make_database() -> None:
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    except (DatabaseError, SystemExit) as error:
        raise ThrowawayError(
            f"No throw-away database could be made ({error}). The user of DATABASE_URL must be "
            "allowed to create databases; without DATABASE_URL a file is used."
        ) from error
    call_command("load_vocabulary", verbosity=0)


def _remove_database(usual: str) -> None:
    made = connection.settings_dict["NAME"] != usual
    if made:
        connection.creation.destroy_test_db(usual, verbosity=0)
