"""Starts a process that reads a file, and makes sure that it ends."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from core.confined.limits import Limits

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Answer:
    """What the process printed, or why it did not come to an end ("timeout", "failed")."""

    output: bytes = b""
    reason: str = ""
    detail: str = ""


def run(module: str, path: Path, extension: str, limits: Limits) -> Answer:
    """Run `python -m module PATH EXTENSION LIMITS`; whatever the file does to it, this returns.

    The module binds itself to the limits, given as JSON, before it opens the file.
    """
    # -P: nothing is imported from the current folder but what PYTHONPATH names.
    command = [sys.executable, "-s", "-P", "-m", module]
    return _ended([*command, str(path.resolve()), extension, json.dumps(asdict(limits))], limits)


def _ended(command: Sequence[str], limits: Limits) -> Answer:
    # A file instead of a pipe: its size is bound by the kernel, so that a process that has
    # been taken over cannot fill this one's memory.
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603 - no shell; the path is an argument
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=environment(),
            start_new_session=True,
        )
        try:
            status = process.wait(limits.wall_seconds)
        except subprocess.TimeoutExpired:
            return Answer(reason="timeout")
        finally:
            _end(process)
        if -status in (signal.SIGXCPU, signal.SIGKILL):
            return Answer(reason="timeout", detail=f"ended by signal {-status}")
        if status != 0:
            return Answer(reason="failed", detail=f"the reading process ended with {status}")
        output.seek(0)
        return Answer(output.read(limits.output))


def environment() -> dict[str, str]:
    """Only what Python needs: no secret of the site is within reach of a hostile file."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
