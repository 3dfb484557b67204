"""`manage.py serve`: the site and its worker as one thing that starts and ends together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

GUNICORN_CONFIG = settings.BASE_DIR / "site" / "gunicorn.conf.py"
# Longer than gunicorn's own graceful time: an answer under way is finished first.
PATIENCE = 25.0
PR_SET_PDEATHSIG = 1
# How often a worker without work looks for some, in seconds: a text is found by meaning so much
# later at most, and a look is one query.
WORKER = ("--interval", "0.25")


class Command(BaseCommand):
    """Serves until it is told to stop; if either part ends, so does the other."""

    help = "Serve the site together with its background worker (for one machine)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address, and whose end is also ours."""
        parser.add_argument("address", nargs="?", default="127.0.0.1:8000", help="HOST:PORT")
        parser.add_argument(
            "--reload", action="store_true", help="Restart when code changes (for developers)."
        )
        parser.add_argument(
            "--end-with-parent",
            action="store_true",
            help="Stop when the process that started this one is gone, however it ended.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Start both, wait for the first end of anything, then end everything."""
        parent = os.getppid() if options["end_with_parent"] else 0
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        site = [sys.executable, "-m", "gunicorn", "-c", str(GUNICORN_CONFIG)]
        if options["reload"]:
            site = [*manage, "runserver", options["address"]]
        # One process with threads is enough here, and holds the model in memory once.
        workers = os.environ.get("WEB_WORKERS", "1")
        reload = "--reload" if options["reload"] else "--no-reload"
        # WhiteNoise would warn in every process about a folder that only production fills.
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        parts = {
            "site": _start(site, BIND=options["address"], WEB_WORKERS=workers),
            "worker": _start([*manage, "db_worker", *WORKER, reload]),
        }
        self.stdout.write(f"http://{options['address']}/  (Ctrl-C ends it)")
        ended = self._first_end(parts, parent)
        _end(list(parts.values()))
        if ended:
            raise CommandError(
                f"The {ended} ended by itself, so everything was stopped; its last lines above "
                "say why. Is the address in use? `make run PORT=8001` takes another one."
            )

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _first_end(self, parts: dict[str, subprocess.Popen[bytes]], parent: int) -> str:
        """Wait; return the name of the part that ended unasked, or "" when told to stop."""
        while not self.stopping and (not parent or os.getppid() == parent):
            for name, part in parts.items():
                if part.poll() is not None:
                    return "" if self.stopping else name
            time.sleep(0.2)
        return ""


def _start(command: list[str], **environment: str) -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl-C reaches only us, and each part is then told to stop once. The
    # worker would take a second signal as "drop the task at hand".
    return subprocess.Popen(  # noqa: S603
        command,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=_die_with_us if sys.platform == "linux" else None,
    )


def _die_with_us() -> None:
    """Ask the kernel to stop this part even if we are killed without a word."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _end(parts: list[subprocess.Popen[bytes]]) -> None:
    """Ask each part to stop, and after a while make it and what it started."""
    for part in parts:
        part.terminate()
    deadline = time.monotonic() + PATIENCE
    for part in parts:
        try:
            part.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(part.pid, signal.SIGKILL)
            part.wait()
