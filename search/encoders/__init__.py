"""What turns text into vectors, and the one that is configured."""

import logging
import threading
import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

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

    def __hash__(self) -> int:
        """Tell one loaded encoder from another."""

    fingerprint: str  # model, SHA-256, dimensions, normalisation and passage recipe
    dimensions: int
    multilingual: bool  # False: texts in Arabic letters mean nothing to it

    def load(self) -> None:
        """Bring the model into memory, or raise `EncoderUnavailableError`."""

    def encode_query(self, text: str) -> Vectors:
        """Return one vector of shape (dimensions,)."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions)."""


_lock = threading.Lock()
_encoders: dict[tuple[str, str], Encoder] = {}
_failures: dict[tuple[str, str], tuple[float, str]] = {}
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


def current() -> Encoder:
    """Return the configured encoder, or raise `EncoderUnavailableError`.

    Its files are checked on first use; the model itself is loaded with the first text.
    """
    key = (str(settings.SEARCH_ENCODER or ""), getattr(settings, "SEARCH_ENCODER_SHA256", ""))
    with _lock:
        if key not in _encoders:
            failed_at, message = _failures.get(key, (-RETRY_SECONDS, ""))
            if time.monotonic() - failed_at < RETRY_SECONDS:
                raise EncoderUnavailableError(message)
            try:
                _encoders[key] = _configured(*key)
            except EncoderUnavailableError as error:
                _failures[key] = (time.monotonic(), str(error))
                log.error("Search answers by words only: %s", error)
                raise
        return _encoders[key]


def _configured(encoder: str, sha256: str) -> Encoder:
    from search.encoders.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder.configured(encoder, sha256)


def query_vector(text: str) -> Vectors:
    """Return the vector of a question; `EncoderUnavailableError` also when too many wait."""
    encoder = current()
    if not _places.acquire(timeout=2):
        raise EncoderUnavailableError("Too many questions at once; this one is answered by words.")
    try:
        return _query_vector(encoder, text)
    finally:
        _places.release()


@lru_cache(maxsize=2048)
def _query_vector(encoder: Encoder, text: str) -> Vectors:
    return encoder.encode_query(text)


def warm_up() -> None:
    """Load the model in the background, so that the first question need not wait for it."""
    threading.Thread(target=_load, name="search-encoder", daemon=True).start()


def _load() -> None:
    try:
        current().load()
    except EncoderUnavailableError as error:
        log.warning("The encoder was not loaded ahead: %s", error)


def forget() -> None:
    """Forget loaded encoders and remembered failures."""
    with _lock:
        _encoders.clear()
        _failures.clear()
        _query_vector.cache_clear()
