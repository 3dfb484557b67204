"""Cleans a file in a process of its own."""

from pathlib import Path

from core.confined.limits import Limits
from core.confined.process import run
from library.cleaning.result import Cleaned

# Somebody waits for the answer.
LIMITS = Limits(wall_seconds=45)


def clean_in_own_process(path: Path, extension: str, limits: Limits | None = None) -> Cleaned:
    """Clean a file in a bound process; whatever the file does to it, an answer comes back."""
    answer = run("library.cleaning", path, extension, limits or LIMITS)
    if answer.reason:
        return Cleaned(reason=answer.reason, detail=answer.detail)
    try:
        return Cleaned.from_bytes(answer.output)
    except (ValueError, TypeError) as error:
        return Cleaned(reason="failed", detail=f"{type(error).__name__}: {error}"[:300])
