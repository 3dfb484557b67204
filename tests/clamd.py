"""A real ClamAV daemon that knows one finding, the EICAR test file; skipped where there is none.

Debian, Ubuntu: apt-get install clamav-daemon. Signatures of its own need no download.
"""

import shutil
import subprocess
import time

import pytest

# Harmless by design and found by every scanner (eicar.org); in two parts, so that none does here.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
WITHIN = 60


@pytest.fixture(scope="session")
def clamd(tmp_path_factory):
    """The socket of a daemon that finds EICAR anywhere in a file."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if not program:
        pytest.skip("No clamd here (Debian, Ubuntu: apt-get install clamav-daemon).")
    folder = tmp_path_factory.mktemp("clamd")
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "eicar.ndb").write_text(f"Eicar.Test:0:*:{EICAR.hex()}\n")
    socket = folder / "clamd.sock"
    settings = folder / "clamd.conf"
    settings.write_text(
        f"LocalSocket {socket}\nDatabaseDirectory {signatures}\nForeground yes\n"
        f"LogFile {folder / 'clamd.log'}\nTemporaryDirectory {folder}\n"
    )
    daemon = subprocess.Popen(
        [program, f"--config-file={settings}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + WITHIN
        while not socket.exists():
            assert daemon.poll() is None, (folder / "clamd.log").read_text()
            assert time.monotonic() < deadline, "clamd did not start"
            time.sleep(0.1)
        yield str(socket)
    finally:
        daemon.terminate()
        daemon.wait(30)
