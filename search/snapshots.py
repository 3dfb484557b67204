"""The vectors of a process as files, so that the next process need not read them from rows.

`vectors.json` names the folder with the files and holds their SHA-256, the encoder's fingerprint
and the number of the last change they contain, and a SHA-256 over all that: a flipped bit in a
number would otherwise pass for another number. It is replaced by one rename, so that a reader finds
the old snapshot or the new one, whole. A snapshot is a convenience: whatever is wrong with it, the
rows are the truth.
"""

import fcntl
import hashlib
import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

import faiss
import numpy as np

from search.files import sha256_of, to_disk
from search.stores.faiss_vectors import FaissVectors

MANIFEST = "vectors.json"
FILES = ("vectors.faiss", "ids.npy")
DAMAGED = "damaged"  # the folder of the last snapshot that was not as written
# A reader follows a writer so often; the next snapshot takes longer to write than this one to read.
MOST_ATTEMPTS = 5
T = TypeVar("T")


class SnapshotError(RuntimeError):
    """There is no usable snapshot; the message says why."""


class NoSnapshotError(SnapshotError):
    """No snapshot has been written yet."""


class OutdatedSnapshotError(SnapshotError):
    """A whole snapshot, but of another encoder or another time."""


@dataclass(frozen=True)
class Manifest:
    """What a snapshot claims to be."""

    folder: str
    fingerprint: str
    epoch: str
    sequence: int
    dimensions: int
    count: int
    sha256: dict[str, str]
    seal: str = ""  # SHA-256 of everything above

    def sealed(self) -> "Manifest":
        """Return the same with its seal."""
        told = json.dumps(asdict(replace(self, seal="")), sort_keys=True)
        return replace(self, seal=hashlib.sha256(told.encode()).hexdigest())


def save(
    directory: Path, vectors: FaissVectors, fingerprint: str, epoch: str, sequence: int
) -> bool:
    """Write a snapshot and swap it in; False if another process is just writing one.

    Raises `OSError`, with nothing of it left behind, when it cannot be written (a full disk).
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _lock(directory) as mine:
        if not mine:
            return False
        # First, because what others left may be what fills the disk.
        _tidy(directory, _current_folder(directory))
        folder = directory / f"vectors-{sequence}-{secrets.token_hex(4)}"
        try:
            count, sums = _write(folder, vectors)
            manifest = Manifest(
                folder.name, fingerprint, epoch, sequence, vectors.dimensions, count, sums
            )
            fresh = directory / f"{MANIFEST}.{secrets.token_hex(4)}.new"
            fresh.write_text(json.dumps(asdict(manifest.sealed()), indent=1), "utf-8")
            to_disk(fresh)
            fresh.replace(directory / MANIFEST)
            to_disk(directory)
        finally:
            _tidy(directory, _current_folder(directory))
    return True


def _write(folder: Path, vectors: FaissVectors) -> tuple[int, dict[str, str]]:
    """Write the files; return how many vectors they hold and their sums."""
    folder.mkdir(mode=0o700)
    with vectors.still() as (index, ids):
        count = int((ids >= 0).sum())
        try:
            faiss.write_index(index, str(folder / FILES[0]))
        except RuntimeError as error:  # this is how FAISS says that the disk is full
            raise OSError(str(error)) from error
        np.save(folder / FILES[1], ids)
    sums = {name: sha256_of(folder / name) for name in FILES}
    for name in FILES:
        to_disk(folder / name)
    to_disk(folder)
    return count, sums


def set_aside(directory: Path) -> None:
    """Move a damaged snapshot to `DAMAGED`, where somebody may look at it; only the last is kept.

    Nothing happens if another process has replaced it meanwhile.
    """
    with _lock(directory) as mine:
        if not mine:
            return
        try:
            check(directory)
        except (NoSnapshotError, OutdatedSnapshotError):
            return
        except SnapshotError:
            aside = directory / DAMAGED
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir(mode=0o700)
            for path in (directory / MANIFEST, *directory.glob("vectors-*")):
                path.replace(aside / path.name)


def load(directory: Path, fingerprint: str, epoch: str, latest: int) -> tuple[FaissVectors, int]:
    """Return (vectors, number of the last change); `SnapshotError` unless all is in order.

    A number beyond the `latest` of the database is of a time that a backup has undone.
    """

    def use(manifest: Manifest) -> tuple[FaissVectors, int]:
        if manifest.sequence > latest:
            raise OutdatedSnapshotError("it knows of changes that the database does not")
        return _load(directory, manifest, fingerprint, epoch)

    return _while_it_lasts(directory, use)


def _load(
    directory: Path, manifest: Manifest, fingerprint: str, epoch: str
) -> tuple[FaissVectors, int]:
    if manifest.fingerprint != fingerprint:
        raise OutdatedSnapshotError(f"it is of another encoder ({manifest.fingerprint})")
    if manifest.epoch != epoch:
        raise OutdatedSnapshotError("it was made before the last reindex, or for another database")
    _compare(directory, manifest)
    folder = directory / manifest.folder
    try:
        index = faiss.read_index(str(folder / FILES[0]))
        ids = np.load(folder / FILES[1], allow_pickle=False)
    except (RuntimeError, ValueError) as error:
        raise SnapshotError(f"its files cannot be read ({error})") from error
    if not isinstance(index, faiss.IndexScalarQuantizer):
        raise OutdatedSnapshotError("it is of another version of this software")
    used = ids[ids >= 0]
    same = index.ntotal == len(ids) and len(np.unique(used)) == len(used) == manifest.count
    if not same or index.d != manifest.dimensions:
        raise SnapshotError("its files do not belong together")
    return FaissVectors.of(index, ids), manifest.sequence


def check(directory: Path) -> Manifest:
    """Return the manifest of a snapshot whose files are as written, or raise `SnapshotError`."""

    def compared(manifest: Manifest) -> Manifest:
        _compare(directory, manifest)
        return manifest

    return _while_it_lasts(directory, compared)


def _while_it_lasts(directory: Path, use: Callable[[Manifest], T]) -> T:
    """Return `use(manifest)`; again with the next one if a writer replaced it meanwhile.

    A writer removes the files of the snapshot before: whoever was reading them finds a new one.
    """
    manifest = _manifest(directory)
    for _attempt in range(MOST_ATTEMPTS):
        try:
            return use(manifest)
        except (SnapshotError, OSError) as error:
            before, manifest = manifest, _manifest(directory)
            if manifest == before:
                if isinstance(error, SnapshotError):
                    raise
                raise SnapshotError(f"its files cannot be read ({error})") from error
    raise SnapshotError("it is replaced faster than it can be read")


def _manifest(directory: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads((directory / MANIFEST).read_text("utf-8")))
        if manifest != manifest.sealed():
            raise SnapshotError("its manifest is damaged (its seal differs)")
    except FileNotFoundError as error:
        raise NoSnapshotError("there is none yet") from error
    except (OSError, ValueError, TypeError) as error:
        raise SnapshotError(f"its manifest cannot be read ({error})") from error
    return manifest


def _compare(directory: Path, manifest: Manifest) -> None:
    for name in FILES:
        path = directory / manifest.folder / name
        try:
            if sha256_of(path) != manifest.sha256.get(name):
                raise SnapshotError(f"{name} is damaged (its SHA-256 differs)")
        except FileNotFoundError as error:
            raise SnapshotError(f"a file is missing ({path})") from error


@contextmanager
def _lock(directory: Path) -> Iterator[bool]:
    """Give True to one process at a time, False to the others; ends with the process."""
    with (directory / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _current_folder(directory: Path) -> str:
    try:
        return _manifest(directory).folder
    except SnapshotError:
        return ""


def _tidy(directory: Path, current: str) -> None:
    """Remove what earlier writers left, finished or not."""
    for path in directory.glob("vectors-*"):
        if path.name != current:
            shutil.rmtree(path, ignore_errors=True)
    for path in directory.glob(f"{MANIFEST}.*.new"):
        path.unlink(missing_ok=True)
