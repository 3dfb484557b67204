"""Giving every passage its vector, in batches that each are a short transaction."""

import logging
from collections.abc import Callable, Sequence

import numpy as np
from django.db import transaction

from search import encoders
from search.encoders import Encoder, EncoderUnavailableError, Vectors
from search.models import Clock, Passage
from search.passages import encoded_text
from search.stores import pgvector_table

log = logging.getLogger(__name__)
# Many enough that texts of like length meet in the encoder, few enough to be seen soon.
BATCH = 128


def waiting(fingerprint: str) -> int:
    """Return how many passages have not been through the encoder of this fingerprint."""
    return Passage.objects.exclude(fingerprint=fingerprint).count()


def encode_all(progress: Callable[[int], None] = lambda done: None) -> int:
    """Encode what waits and return how many; `progress` is told of each batch.

    Safe to stop at any time and to run beside another: a row is only ever given the vector of
    its own text. Raises `EncoderUnavailableError`.
    """
    encoders.export_if_missing()
    encoder = encoders.current()
    done = last = 0
    while batch := _next_batch(encoder.fingerprint, last):
        texts = [encoded_text(p.document.title, p.heading, p.text, p.shadow) for p in batch]
        _store(batch, _vectors_of(texts, encoder), encoder)
        last = batch[-1].pk
        done += len(batch)
        progress(len(batch))
    if done:
        from search import caches

        caches.current().keep_snapshot()
    return done


def _next_batch(fingerprint: str, after: int) -> list[Passage]:
    rows = Passage.objects.exclude(fingerprint=fingerprint).filter(pk__gt=after)
    rows = rows.select_related("document").defer("vector").order_by("pk")
    return list(rows[:BATCH])


def _vectors_of(texts: Sequence[str], encoder: Encoder) -> Vectors:
    """Return one vector a text, NaN for a text that the encoder fails on: it must stop no other."""
    try:
        return encoder.encode_passages(texts)
    except EncoderUnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, told or raised below
        encoder.encode_passages(["A text that every encoder can take."])  # or it is not the text
        if len(texts) == 1:
            log.warning("The encoder fails on a passage (%s: %s).", type(error).__name__, error)
            return np.full((1, encoder.dimensions), np.nan, np.float32)
        return np.concatenate([_vectors_of([text], encoder) for text in texts])


def _store(batch: Sequence[Passage], vectors: Vectors, encoder: Encoder) -> None:
    usable = np.isfinite(vectors).all(axis=1) & (np.abs(vectors).sum(axis=1) > 0)
    for passage, vector, ok in zip(batch, vectors, usable, strict=True):
        passage.vector = vector.astype("<f4").tobytes() if ok else None
        if not ok:
            log.warning("Passage %s gave no usable vector; it is found by words only.", passage)
    with transaction.atomic():
        seq = Clock.tick()
        Passage.objects.bulk_update(batch, ["vector"])
        ids = [passage.pk for passage in batch]
        Passage.objects.filter(pk__in=ids).update(fingerprint=encoder.fingerprint, seq=seq)
        pgvector_table.follow(np.array(ids, np.int64), vectors, usable, encoder.fingerprint)
