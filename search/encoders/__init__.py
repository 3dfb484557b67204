"""What turns text into vectors, and the one that is configured.

sentence-transformers defines the model and can run any. Where the model has been exported
(`manage.py export_model`), OpenVINO runs it: faster, and without torch in memory.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from search.encoders.remembered import Remembered

if TYPE_CHECKING:
    from search.encoders.definition import Definition
    from search.encoders.export import Manifest

log = logging.getLogger(__name__)
Vectors = NDArray[np.float32]

# A broken encoder is tried again after this many seconds, not at every query.
RETRY_SECONDS = 30.0
# More questions than this at once are answered by words alone instead of piling up.
MOST_AT_ONCE = 8


class EncoderUnavailableError(RuntimeError):
    """No vectors can be made now; the message says how to mend it."""


class Encoder(Protocol):
    """Texts in, vectors of unit length out; the inner product is the cosine."""

    fingerprint: str  # model, SHA-256, dimensions, normalisation and passage recipe
    dimensions: int
    multilingual: bool  # False: texts in Arabic letters mean nothing to it
    runtime: str  # what runs the model; says nothing about its vectors

    def load(self) -> None:
        """Bring the model into memory, or raise `EncoderUnavailableError`."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions), for at least one text."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions)."""


_Key = tuple[str, str, str]
_lock = threading.Lock()
_encoders: dict[_Key, Encoder] = {}
_failures: dict[_Key, tuple[float, str]] = {}
_tried: set[_Key] = set()
_remembered = Remembered()
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


def current() -> Encoder:
    """Return the configured encoder, or raise `EncoderUnavailableError`.

    Its files are checked on first use; the model itself is loaded with the first text.
    """
    key = _key()
    with _lock:
        if key not in _encoders:
            failed_at, message = _failures.get(key, (-RETRY_SECONDS, ""))
            if time.monotonic() - failed_at < RETRY_SECONDS:
                raise EncoderUnavailableError(message)
            try:
                _encoders[key] = _configured()
            except (EncoderUnavailableError, OSError) as error:
                _failures[key] = (time.monotonic(), str(error))
                log.error("Search answers by words only: %s", error)
                raise EncoderUnavailableError(str(error)) from error
        return _encoders[key]


def _key() -> _Key:
    sha256 = getattr(settings, "SEARCH_ENCODER_SHA256", "")
    return str(settings.SEARCH_ENCODER or ""), sha256, settings.SEARCH_RUNTIME


def _configured() -> Encoder:
    """Return the exported model where there is one, else what sentence-transformers reads."""
    from search.encoders.export import ExportError, NoExportError, RefusedError
    from search.encoders.exported import ExportedEncoder
    from search.encoders.sentence_transformer import SentenceTransformerEncoder

    definition = _definition()
    if settings.SEARCH_RUNTIME == "exported":
        try:
            return ExportedEncoder.of(_models(), definition)
        except (NoExportError, RefusedError) as error:
            log.info("sentence-transformers runs the model %s: %s.", definition.name, error)
        except ExportError as error:
            log.warning(
                "The exported model in %s is not used: %s. sentence-transformers runs it instead, "
                "slower and in more memory; `manage.py export_model` mends it.",
                _models() / definition.key,
                error,
            )
    return SentenceTransformerEncoder(definition)


def _definition() -> "Definition":
    from search.encoders import definition, export

    encoder, sha256, _runtime = _key()
    return definition.configured(encoder, sha256, export.known_weights(_models()))


def _models() -> Path:
    return Path(settings.SEARCH_MODELS_DIR)


def export_configured(say: Callable[[str], None] = log.info, again: bool = False) -> "Manifest":
    """Export the configured model unless that was done; return what is known of the export.

    Raises `ExportError` (a model that cannot be exported is remembered and not tried again,
    unless `again`) and `EncoderUnavailableError`.
    """
    from search.encoders.export import export

    manifest = export(_models(), _definition(), say, again)
    used = _encoders.get(_key())
    if used is not None and (again or used.runtime != manifest.runtime):
        forget()
    return manifest


def export_if_missing(say: Callable[[str], None] = log.info) -> None:
    """Export the configured model if need be; where that fails, say why and go on without."""
    from search.encoders.export import ExportError, RefusedError

    if settings.SEARCH_RUNTIME != "exported" or _key() in _tried:
        return
    _tried.add(_key())
    try:
        export_configured(say)
    except RefusedError as error:
        log.warning("sentence-transformers runs the model, slower: %s.", error)
    except (ExportError, EncoderUnavailableError, OSError) as error:
        log.warning("The model was not exported, sentence-transformers runs it: %s.", error)


def query_vectors(texts: Sequence[str]) -> list[Vectors]:
    """Return the vector of each form of a question, each of shape (dimensions,).

    Forms asked lately are remembered, the others encoded together. Raises
    `EncoderUnavailableError`, also when too many questions wait.
    """
    encoder = current()
    found = {text: _remembered.get(encoder.fingerprint, text) for text in texts}
    missing = [text for text, vector in found.items() if vector is None]
    if missing:
        if not _places.acquire(timeout=2):
            raise EncoderUnavailableError("Too many questions at once; this one is by words.")
        try:
            vectors = encoder.encode_queries(missing)
        except EncoderUnavailableError:
            raise
        except Exception as error:  # of a runtime that we did not write, such as out of memory
            log.exception("The question is answered by words only: the model failed.")
            raise EncoderUnavailableError(f"The model failed: {error!r}.") from error
        finally:
            _places.release()
        for text, vector in zip(missing, vectors, strict=True):
            found[text] = vector
            _remembered.keep(encoder.fingerprint, text, vector)
    return [vector for text in texts if (vector := found[text]) is not None]


def query_vector(text: str) -> Vectors:
    """Return the vector of a question, as `query_vectors` does."""
    return query_vectors([text])[0]


def forget() -> None:
    """Forget loaded encoders, remembered vectors and failures."""
    with _lock:
        _encoders.clear()
        _failures.clear()
        _tried.clear()
        _remembered.clear()
