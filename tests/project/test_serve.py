"""`manage.py serve`, which `make run` ends in: site and worker start and end together."""

import os
import signal
import socket
import subprocess
import sys

import psutil
import pytest

from tests.seeded import ROOT, environment
from tests.site_server import WITHIN, answers, eventually, free_address


@pytest.fixture(scope="module")
def env(templates, tmp_path_factory, django_db_blocker):
    folder = tmp_path_factory.mktemp("served") / "data"
    database = f"test_served_{os.getpid()}"
    with django_db_blocker.unblock():
        templates.copy("empty", folder, database)
        # No model: loading one is most of the start, and none of what is tested here.
        return environment(folder, database) | {"SEARCH_ENCODER": str(folder / "none")}


@pytest.fixture
def address():
    return free_address()


def start(env, *more):
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "serve", *more],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def parts(process):
    """gunicorn, its worker process and the background worker, once all three are there."""
    family = psutil.Process(process.pid).children(recursive=True)
    return family if len(family) >= 3 else None


def test_stopping_it_leaves_nothing_behind(env, address):
    served = start(env, address)
    eventually(lambda: answers(address), "the site answers")
    family = eventually(lambda: parts(served), "site and worker run")
    served.send_signal(signal.SIGTERM)
    output, _ = served.communicate(timeout=WITHIN)
    assert served.returncode == 0, output
    assert not [each for each in family if each.is_running()]
    assert not answers(address)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of this")
def test_killing_it_leaves_nothing_behind(env, address):
    served = start(env, address)
    eventually(lambda: answers(address), "the site answers")
    family = eventually(lambda: parts(served), "site and worker run")
    served.kill()
    served.communicate(timeout=WITHIN)
    eventually(lambda: not [each for each in family if each.is_running()], "all have ended")


def test_an_address_in_use_ends_all_of_it_and_says_so(env):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        served = start(env, f"127.0.0.1:{taken.getsockname()[1]}")
        output, _ = served.communicate(timeout=WITHIN)
    assert served.returncode != 0
    assert "Address already in use" in output
    assert "PORT=" in output


def test_it_ends_with_the_process_that_started_it(env, address):
    """As under `make`, which may be killed without passing anything on."""
    line = f"{sys.executable} {ROOT / 'manage.py'} serve --end-with-parent {address}"
    shell = subprocess.Popen(
        ["/bin/sh", "-c", f"{line}; true"],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    eventually(lambda: answers(address), "the site answers")
    family = psutil.Process(shell.pid).children(recursive=True)
    os.kill(shell.pid, signal.SIGKILL)
    shell.wait()
    eventually(lambda: not [each for each in family if each.is_running()], "all have ended")
