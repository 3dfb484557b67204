"""Files that others rely on: known by their SHA-256, and on the disk before anybody is told."""

import hashlib
import os
from pathlib import Path


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits; `OSError` if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def to_disk(path: Path) -> None:
    """Wait until a file or folder has reached the disk; `OSError` if it cannot."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
