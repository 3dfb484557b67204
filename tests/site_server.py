"""Real servers for tests: gunicorn on a free port, with a copy of the demo knowledge base."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from tests.seeded import ROOT, environment

# Seconds; every process imports the whole site, on machines with much else to do.
WITHIN = 90


def free_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def answers(address):
    """Whether a server answers here, whatever it says."""
    try:
        urllib.request.urlopen(f"http://{address}/health/", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def eventually(true, what):
    """Return the first true value, or fail."""
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        if value := true():
            return value
        time.sleep(0.1)
    raise AssertionError(f"not within {WITHIN} s: {what}")


@pytest.fixture(scope="session")
def site_environment(templates, tmp_path_factory, django_db_blocker):
    """The environment of `site`; with it `tests.seeded.manage` runs commands on that site."""
    folder = tmp_path_factory.mktemp("site") / "data"
    database = f"test_site_{os.getpid()}"
    with django_db_blocker.unblock():
        templates.copy("seeded", folder, database)
        return environment(folder, database)


@pytest.fixture(scope="session")
def site(site_environment, tmp_path_factory):
    """The base address (no slash at its end) of a running site with the demo knowledge base."""
    with serving(site_environment, tmp_path_factory.mktemp("site-log") / "server.log") as address:
        yield address


@contextmanager
def serving(environment, log):
    """Run the site in this environment while the block lasts; give its base address."""
    address = free_address()
    with log.open("w") as lines:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "site" / "gunicorn.conf.py")],
            env={**environment, "BIND": address, "WEB_WORKERS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=lines,
        )
        try:
            eventually(lambda: answers(address) or server.poll() is not None, "the site answers")
            if server.poll() is not None:
                pytest.fail(f"The server did not start:\n{log.read_text()}", pytrace=False)
            yield f"http://{address}"
        finally:
            server.terminate()
            server.wait(30)
