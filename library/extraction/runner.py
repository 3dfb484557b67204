"""Reads a file in a process of its own."""

from pathlib import Path

from core.confined.limits import Limits
from core.confined.process import run
from library.extraction.result import Reading


def read_in_own_process(path: Path, extension: str, limits: Limits | None = None) -> Reading:
    """Read a file in a bound process; whatever the file does to it, a Reading comes back."""
    answer = run("library.extraction", path, extension, limits or Limits())
    if answer.reason:
        return Reading(reason=answer.reason, detail=answer.detail)
    try:
        return Reading.from_json(answer.output)
    except (ValueError, KeyError, TypeError) as error:
        return Reading(reason="failed", detail=f"{type(error).__name__}: {error}"[:300])
