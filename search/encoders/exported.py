"""The encoder of every process that has an export: OpenVINO, without torch."""

import logging
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from search.encoders import EncoderUnavailableError, Vectors
from search.encoders.definition import Definition
from search.encoders.export import ExportError, Manifest, find
from search.encoders.openvino_model import OpenvinoModel

log = logging.getLogger(__name__)
# Exports that this process could not load, whole as they seemed.
_unusable: set[Path] = set()


class ExportedEncoder:
    """An export whose files are as they were written.

    Its vectors are the model's own within the bound that was checked at the export, so they bear
    the model's fingerprint: vectors of both runtimes may stand side by side.
    """

    def __init__(self, definition: Definition, manifest: Manifest, folder: Path) -> None:
        self.multilingual = definition.multilingual
        self.dimensions = definition.dimensions
        self.fingerprint = definition.fingerprint
        self.runtime = manifest.runtime
        self._folder = folder
        self._prompts = manifest.prompts
        self._lock = threading.Lock()
        self._model: OpenvinoModel | None = None

    @classmethod
    def of(cls, models: Path, definition: Definition) -> "ExportedEncoder":
        """Return the encoder of this model's export, or raise `ExportError`."""
        if find_spec("openvino") is None:
            raise ExportError("OpenVINO is not installed")
        manifest, folder = find(models, definition)
        if folder in _unusable:
            raise ExportError("it could not be loaded")
        return cls(definition, manifest, folder)

    def load(self) -> None:
        """Bring the model into memory once (half a second), or `EncoderUnavailableError`."""
        self._loaded()

    def _loaded(self) -> OpenvinoModel:
        if self._model is not None:
            return self._model
        with self._lock:
            if self._model is None:
                try:
                    model = OpenvinoModel(self._folder)
                    model.prepare()
                except Exception as error:
                    # The next call is answered by sentence-transformers.
                    from search import encoders

                    _unusable.add(self._folder)
                    encoders.forget()
                    message = f"The exported model in {self._folder} cannot be loaded ({error})."
                    log.error("%s Run `manage.py export_model --again`.", message)
                    raise EncoderUnavailableError(message) from error
                self._model = model
            return self._model

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions)."""
        model = self._loaded()
        return model.encode_few([self._prompts["query"] + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions)."""
        model = self._loaded()
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return model.encode_many([self._prompts["passage"] + text for text in texts])
