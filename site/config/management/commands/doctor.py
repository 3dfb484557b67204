"""`manage.py doctor`: what this installation has, what is missing, and what is broken."""

import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any, NamedTuple

import django
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from communities.inbound.health import answers
from config import health as site_health
from core import printing
from search import bridges, encoders, health
from search.bridges import BROKEN
from search.encoders import EncoderUnavailableError

OK = "ok"


class Row(NamedTuple):
    """One line of the table."""

    part: str
    state: str
    told: str


class Command(BaseCommand):
    """Changes nothing; exit code 1 when something is broken, not when something is missing."""

    help = "Show what this installation has: versions, database, encoder, languages, index, mail."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a part."""
        rows = list(_rows())
        parts, states = (max(len(row[column]) for row in rows) for column in (0, 1))
        for row in rows:
            line = f"{row.part:<{parts}}  {row.state:<{states}}  {row.told}".rstrip()
            self.stdout.write(self.style.ERROR(line) if row.state == BROKEN else line)
        if any(row.state == BROKEN for row in rows):
            sys.exit(1)


def _rows() -> Iterator[Row]:
    told = f"Django {django.__version__}, Wagtail {version('wagtail')}"
    yield Row("Python", OK, f"{platform.python_version()}; {told}")
    up, text = site_health.database()
    yield _row("database", (up, f"{connection.vendor} {text}"))
    yield _folder()
    yield _encoder()
    yield Row("vectors", OK, f"in {settings.SEARCH_VECTORS}")
    for layer in bridges.states():
        yield Row(f"{layer.layer} {layer.pair}", layer.state, layer.told)
    checks: dict[str, Callable[[], health.State]] = {
        "index": health.index,
        "worker": health.queue,
        "snapshot": health.snapshot,
        "answers by mail": answers,
    }
    for name, check in checks.items():
        yield _asked(name, check) if up else Row(name, BROKEN, "Not known without the database.")
    yield _reports()
    yield Row("mail", OK, settings.EMAIL_BACKEND.rpartition(".")[0])


def _folder() -> Row:
    folder = settings.DATA_DIR
    try:
        probe = folder / ".doctor"
        probe.touch()
        probe.unlink()
    except OSError as error:
        return Row("data folder", BROKEN, f"{folder} cannot be written to: {error}.")
    return Row("data folder", OK, str(folder))


def _encoder() -> Row:
    try:
        encoder = encoders.current()
        encoder.load()
    except EncoderUnavailableError as error:
        return Row("encoder", BROKEN, str(error))
    kind = "multilingual" if encoder.multilingual else "English"
    return Row("encoder", OK, f"{encoder.fingerprint}, {kind}, by {type(encoder).__name__}")


def _reports() -> Row:
    if printing.is_possible():
        return Row("reports as PDF", OK, "WeasyPrint with Pango")
    return Row("reports as PDF", "missing", f"apt-get install {printing.NEEDED}")


def _asked(name: str, check: Callable[[], health.State]) -> Row:
    try:
        return _row(name, check())
    except DatabaseError:
        return Row(name, BROKEN, "A table is missing. Run `manage.py migrate`.")


def _row(name: str, state: health.State) -> Row:
    good, told = state
    return Row(name, OK if good else BROKEN, told)
