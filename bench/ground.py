"""What every benchmark stands on: the site's code on a database and an index made for it alone."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Exports of the model are shared with the site: making one is not what is measured.
MODELS = os.environ.get("SEARCH_MODELS_DIR") or str(
    Path(os.environ.get("DATA_DIR", ROOT / "var")) / "models"
)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return what a process of the site needs to work in this folder, as under `make run`."""
    found = {
        **os.environ,
        "DATA_DIR": str(folder),
        "SEARCH_MODELS_DIR": MODELS,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "0",
        "LOG_LEVEL": "WARNING",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT), *_given()]),
    }
    found.pop("DATABASE_URL", None)
    return found | more


def _given() -> list[str]:
    return [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]


def begin(folder: Path, *apps: str) -> None:
    """Set Django up in this folder, with the model exported and these apps besides."""
    os.environ |= environment(folder)
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django
    from django.conf import settings

    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, *apps]
    django.setup()
    from search import encoders

    encoders.export_if_missing(print)


@contextmanager
def own_site(*apps: str) -> Iterator[Path]:
    """Let this process work on a fresh SQLite database with the vocabulary; give its folder."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        begin(Path(folder), *apps)
        from django.core.management import call_command

        call_command("migrate", verbosity=0, run_syncdb=True)
        call_command("createcachetable", verbosity=0)
        call_command("load_vocabulary", verbosity=0)
        yield Path(folder)


@contextmanager
def gunicorn(folder: Path) -> Iterator[tuple[str, int]]:
    """Serve the site in this folder with one worker; give its address and the master's id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    (ROOT / "static").mkdir(exist_ok=True)  # WhiteNoise would warn
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "site" / "gunicorn.conf.py")],
        env=environment(folder, BIND=address, WEB_WORKERS="1"),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(f"http://{address}/health/"):
            if server.poll() is not None:
                raise SystemExit("gunicorn ended by itself.")
            time.sleep(0.1)
        yield f"http://{address}", server.pid
    finally:
        server.terminate()
        server.wait()


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=60).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def memory(process: str = "self") -> float:
    """Return the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def percentile(values: list[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def table(head: list[str], rows: list[list[str]]) -> None:
    """Print a table, the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, *rows]:
        cells = (
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join(cells).rstrip())
