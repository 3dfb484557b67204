"""Starts the reading process and makes sure that it ends."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from library.extraction.limits import Limits
from library.extraction.result import Reading

ROOT = Path(__file__).resolve().parents[2]


def read_in_own_process(path: Path, extension: str, limits: Limits | None = None) -> Reading:
    """Read a file in a bound process; whatever the file does to it, a Reading comes back."""
    limits = limits or Limits()
    # -P: nothing is imported from the current folder but what PYTHONPATH names.
    command = [sys.executable, "-s", "-P", "-m", "library.extraction"]
    arguments = [str(path.resolve()), extension, json.dumps(asdict(limits))]
    # A file instead of a pipe: its size is bound by the kernel, so that a process that has
    # been taken over cannot fill this one's memory.
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603 - no shell; the path is an argument
            [*command, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_environment(),
            start_new_session=True,
        )
        try:
            status = process.wait(limits.wall_seconds)
        except subprocess.TimeoutExpired:
            return Reading(reason="timeout")
        finally:
            _end(process)
        output.seek(0)
        return _reading(status, output.read(limits.output))


def _reading(status: int, output: bytes) -> Reading:
    if -status in (signal.SIGXCPU, signal.SIGKILL):
        return Reading(reason="timeout", detail=f"ended by signal {-status}")
    if status != 0:
        return Reading(reason="failed", detail=f"the reading process ended with {status}")
    try:
        return Reading.from_json(output)
    except (ValueError, KeyError, TypeError) as error:
        return Reading(reason="failed", detail=f"{type(error).__name__}: {error}"[:300])


def _environment() -> dict[str, str]:
    """Only what Python needs: no secret of the site is within reach of a hostile file."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
