"""The definition of the model and the way to any: sentence-transformers, loaded when needed."""

import logging
import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from search.encoders import RETRY_SECONDS, EncoderUnavailableError, Vectors
from search.encoders.definition import INSTALL, Definition

log = logging.getLogger(__name__)


class SentenceTransformerEncoder:
    """A model that sentence-transformers reads from a folder; only safetensors, no own code."""

    runtime = "sentence-transformers"

    def __init__(self, definition: Definition) -> None:
        self.folder = definition.folder
        self.multilingual = definition.multilingual
        self.dimensions = definition.dimensions
        self.fingerprint = definition.fingerprint
        self._model: Any = None
        self._lock = threading.Lock()
        self._failure: tuple[float, str] = (-RETRY_SECONDS, "")

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
                    self._model = read_model(self.folder)
                except Exception as error:
                    message = f"The model in {self.folder} cannot be loaded ({error}). {INSTALL}"
                    self._failure = (time.monotonic(), message)
                    log.error("Search answers by words only: %s", message)
                    raise EncoderUnavailableError(message) from error

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions)."""
        self.load()
        _use_threads(1)  # a question is too short to share; waiting for each other costs more
        return _float32(self._model.encode_query(list(texts), **OPTIONS))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions)."""
        self.load()
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        _use_threads(os.cpu_count() or 1)
        return _float32(self._model.encode_document(list(texts), **OPTIONS))


OPTIONS = {"normalize_embeddings": True, "show_progress_bar": False, "convert_to_numpy": True}


def _use_threads(count: int) -> None:
    import torch

    torch.set_num_threads(count)


def _float32(vectors: Any) -> Vectors:
    return np.ascontiguousarray(vectors, np.float32)


def read_model(folder: Path) -> Any:
    """Return the `SentenceTransformer` in this folder; raises whatever is wrong with it."""
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
