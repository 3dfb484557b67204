"""Makes the demo's own PDF and Word file, so that a newcomer sees a hit inside a file."""

from collections.abc import Callable


def load_files(report: Callable[[str], None]) -> None:
    """Make, store, read and index the files that are not there yet."""
