"""Exporting the configured model once, for every process to run without torch.

`<models>/<key>/manifest.json` names the folder with the files and holds their SHA-256; it is
replaced by one rename, so that a reader finds the old export or the new one, whole. The key is a
hash of the model itself: another model is another export. An export is a convenience: whatever is
wrong with it, sentence-transformers reads the model.
"""

import datetime
import fcntl
import hashlib
import json
import logging
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from search.encoders.definition import Definition, FileStates, file_states
from search.encoders.openvino_model import FILES
from search.files import sha256_of, to_disk

log = logging.getLogger(__name__)
MANIFEST = "manifest.json"
ROOT = Path(__file__).resolve().parents[2]
# Below this mean cosine to sentence-transformers in float32, an export is not used.
ENOUGH = 0.995
# The longest a conversion may take, in seconds.
PATIENCE = 900
Say = Callable[[str], None]


class ExportError(RuntimeError):
    """There is no usable export; the message says why."""


class NoExportError(ExportError):
    """Nobody has exported this model yet."""


class RefusedError(ExportError):
    """A model that cannot be exported; trying again would end the same."""


@dataclass(frozen=True)
class Manifest:
    """What an export claims to be; `refused` says why there is none for this model."""

    name: str
    weights: str  # SHA-256
    files_with_weights: list[list[Any]]  # as `FileStates`
    folder: str = ""
    sha256: dict[str, str] = field(default_factory=dict)
    refused: str = ""
    runtime: str = ""
    prompts: dict[str, str] = field(default_factory=dict)
    cosine: dict[str, float] = field(default_factory=dict)
    query_ms: list[float] = field(default_factory=list)  # of the model itself, of the export
    passages_per_second: list[float] = field(default_factory=list)
    bytes: int = 0
    made: str = ""


def find(models: Path, definition: Definition) -> tuple[Manifest, Path]:
    """Return manifest and folder of the export whose files are as written, or an `ExportError`."""
    place = models / definition.key
    manifest = read(place)
    if manifest.refused:
        raise RefusedError(manifest.refused)
    for name in FILES:
        try:
            whole = sha256_of(place / manifest.folder / name) == manifest.sha256[name]
        except (OSError, KeyError) as error:
            raise ExportError(f"{name} cannot be read ({error})") from error
        if not whole:
            raise ExportError(f"{name} is damaged (its SHA-256 differs)")
    return manifest, place / manifest.folder


def read(place: Path) -> Manifest:
    """Return the manifest in the folder of one model, or an `ExportError`."""
    try:
        content = json.loads((place / MANIFEST).read_text("utf-8"))
        seal = content.pop("seal")
        if seal != _seal(content):
            raise ExportError("its manifest is damaged (its seal differs)")
        return Manifest(**content)
    except FileNotFoundError as error:
        raise NoExportError("it has not been exported yet") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ExportError(f"its manifest cannot be read ({error})") from error


def known_weights(models: Path) -> Iterator[tuple[FileStates, str]]:
    """Yield the SHA-256 of weights that exports remember, by the state of their files."""
    for path in models.glob(f"*/{MANIFEST}"):
        try:
            manifest = read(path.parent)
            yield (
                tuple((str(n), int(s), int(t)) for n, s, t in manifest.files_with_weights),
                (manifest.weights),
            )
        except (ExportError, ValueError, TypeError):
            continue  # found out when that export is looked for


def export(models: Path, definition: Definition, say: Say, again: bool = False) -> Manifest:
    """Return the manifest of a whole export, made now if need be; `ExportError` if impossible.

    Two processes may ask at once: one makes it, the other waits and finds it. `again` makes it
    anew whatever there is.
    """
    place = models / definition.key
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _lock(place):
        if not again:
            try:
                return _still_known(place, find(models, definition)[0], definition)
            except RefusedError:
                raise
            except ExportError as error:
                log.info("The model is exported: %s.", error)
        return _make(place, definition, say)


def _still_known(place: Path, manifest: Manifest, definition: Definition) -> Manifest:
    """Note where the weights are now (installed anew?), so that nobody has to read them."""
    states = [list(state) for state in file_states(definition.folder)]
    if manifest.files_with_weights != states:
        manifest = replace(manifest, files_with_weights=states)
        _write(place, manifest)
    return manifest


def _make(place: Path, definition: Definition, say: Say) -> Manifest:
    folder = place / f"export-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    try:
        manifest = _described(definition, folder, _convert(definition.folder, folder, say))
        _write(place, manifest)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _tidy(place, manifest.folder)
    if manifest.refused:
        raise RefusedError(manifest.refused)
    return manifest


def _described(definition: Definition, folder: Path, found: dict[str, Any]) -> Manifest:
    """Return the manifest of new files, which are on the disk then, or of a refusal."""
    states = [list(state) for state in file_states(definition.folder)]
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    if "failed" in found:
        reason = f"it cannot be converted ({found['failed']})"
        return Manifest(definition.name, definition.weights, states, refused=reason, made=now)
    if not min(found["cosine"].values()) >= ENOUGH:  # NaN is not enough either
        told = ", ".join(f"{name} {value:.4f}" for name, value in found["cosine"].items())
        reason = f"its vectors would differ too much (mean cosine: {told}; needed: {ENOUGH})"
        return Manifest(definition.name, definition.weights, states, refused=reason, made=now)
    sums = {name: sha256_of(folder / name) for name in FILES}
    for path in (*(folder / name for name in FILES), folder):
        to_disk(path)
    return Manifest(
        definition.name, definition.weights, states, folder.name, sums, made=now, **found
    )


def _convert(source: Path, folder: Path, say: Say) -> dict[str, Any]:
    """Run the conversion in a process of its own; return what it found."""
    command = [sys.executable, "-m", "search.encoders.conversion", str(source), str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    say("Exporting the model (once)")
    try:
        done = subprocess.run(  # noqa: S603
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    except subprocess.TimeoutExpired as error:
        raise ExportError(f"the conversion took more than {PATIENCE} s") from error
    except (OSError, ValueError, IndexError) as error:
        last = "".join(done.stderr.strip().splitlines()[-1:]) if "done" in locals() else str(error)
        raise ExportError(f"the conversion was cut short ({last or 'without a word'})") from error
    return found


def _write(place: Path, manifest: Manifest) -> None:
    fresh = place / f"{MANIFEST}.{secrets.token_hex(4)}.new"
    content = asdict(manifest)
    fresh.write_text(json.dumps(content | {"seal": _seal(content)}, indent=1), "utf-8")
    to_disk(fresh)
    fresh.replace(place / MANIFEST)
    to_disk(place)


def _seal(content: dict[str, Any]) -> str:
    """Return the SHA-256 of a manifest's content."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _tidy(place: Path, current: str) -> None:
    """Remove what earlier exports left, finished or not; who has their files open keeps them."""
    for path in place.glob("export-*"):
        if path.name != current:
            shutil.rmtree(path, ignore_errors=True)
    for path in place.glob(f"{MANIFEST}.*.new"):
        path.unlink(missing_ok=True)


@contextmanager
def _lock(place: Path) -> Iterator[None]:
    """Let one process at a time through; the system lets go when a process ends, however."""
    with (place / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
