"""Giving every passage its English shadow and its vector, in batches of one short transaction."""

import logging
from collections.abc import Callable, Sequence

import numpy as np
from django.db import transaction
from django.db.models import Q

from search import encoders
from search.bridges import shadows
from search.encoders import Encoder, EncoderUnavailableError, Vectors
from search.models import Clock, IndexedDocument, Passage
from search.passages import encoded_text
from search.stores import pgvector_table

log = logging.getLogger(__name__)
# Many enough that texts of like length meet in the encoder, few enough to be seen soon.
BATCH = 128


def waiting(fingerprint: str) -> int:
    """Return how many passages need a vector of this encoder, or another English shadow."""
    return Passage.objects.filter(~Q(fingerprint=fingerprint) | shadows.outdated()).count()


def encode_all(progress: Callable[[int], None] = lambda done: None) -> int:
    """Give what waits its English shadow and its vector, and return how many passages it was.

    `progress` is told of each batch. What has no vector of this encoder comes first, then what
    needs another shadow because a language layer came, went or changed. Safe to stop at any time
    and to run beside another: a row is only ever given the vector of its own text. Raises
    `EncoderUnavailableError`, but only when the shadows are made: words are found without it.
    """
    try:
        encoders.export_if_missing()
        encoder = encoders.current()
    except EncoderUnavailableError:
        _run(shadows.outdated(), None, progress)
        raise
    done = _run(~Q(fingerprint=encoder.fingerprint), encoder, progress)
    done += _run(shadows.outdated(), encoder, progress)
    if done:
        from search import caches

        caches.current().keep_snapshot()
    return done


def _run(which: Q, encoder: Encoder | None, progress: Callable[[int], None]) -> int:
    done = last = 0
    while batch := _next_batch(which, last):
        shadowed = [passage for passage in batch if _shadowed(passage)]
        _store(batch, shadowed, encoder)
        last = batch[-1].pk
        done += len(batch)
        progress(len(batch))
    return done


def _next_batch(which: Q, after: int) -> list[Passage]:
    rows = Passage.objects.filter(which, pk__gt=after)
    rows = rows.select_related("document").defer("vector").order_by("pk")
    return list(rows[:BATCH])


def _shadowed(passage: Passage) -> bool:
    """Give a passage the English shadow that it should have; True if it has another one now."""
    language = passage.document.language
    wanted = shadows.wanted(language, passage.shadow_recipe)
    if wanted == passage.shadow_recipe:
        return False
    try:
        english = shadows.english(passage.document.title, passage.heading, passage.text, language)
    except shadows.ShadowError as error:
        log.warning("Passage %s keeps the shadow that it has: %s", passage, error)
        return False
    passage.english = english.stored() if wanted else ""
    passage.shadow_recipe = wanted
    return True


def text_of(passage: Passage, multilingual: bool) -> str:
    """Return what is encoded for a passage: its English form where the encoder reads no other."""
    title, heading, text = passage.document.title, passage.heading, passage.text
    if passage.english and not multilingual:
        english = shadows.English.read(passage.english)
        title, heading, text = english.title, english.heading, english.text
    return encoded_text(title, heading, text, passage.shadow)


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


def _store(batch: Sequence[Passage], shadowed: Sequence[Passage], encoder: Encoder | None) -> None:
    """Write shadows and vectors of a batch in one short transaction."""
    encoded = _to_encode(batch, shadowed, encoder) if encoder else []
    vectors = usable = None
    if encoder and encoded:
        vectors = _vectors_of([text_of(p, encoder.multilingual) for p in encoded], encoder)
        usable = np.isfinite(vectors).all(axis=1) & (np.abs(vectors).sum(axis=1) > 0)
        for passage, vector, ok in zip(encoded, vectors, usable, strict=True):
            passage.vector = vector.astype("<f4").tobytes() if ok else None
            if not ok:
                log.warning("Passage %s gave no usable vector; it is found by words.", passage)
    if not shadowed and not encoded:
        return
    with transaction.atomic():
        seq = Clock.tick()
        if shadowed:
            if encoder is None:
                for passage in shadowed:
                    passage.fingerprint = ""  # its vector is of another text now
            Passage.objects.bulk_update(shadowed, ["english", "shadow_recipe", "fingerprint"])
            # The document counts as changed: what holds its words reads them again.
            documents = {passage.document_id for passage in shadowed}
            IndexedDocument.objects.filter(pk__in=documents).update(seq=seq)
        if encoder and vectors is not None and usable is not None:
            Passage.objects.bulk_update(encoded, ["vector"])
            ids = [passage.pk for passage in encoded]
            Passage.objects.filter(pk__in=ids).update(fingerprint=encoder.fingerprint, seq=seq)
            pgvector_table.follow(np.array(ids, np.int64), vectors, usable, encoder.fingerprint)


def _to_encode(
    batch: Sequence[Passage], shadowed: Sequence[Passage], encoder: Encoder
) -> list[Passage]:
    changed = set() if encoder.multilingual else {passage.pk for passage in shadowed}
    return [p for p in batch if p.fingerprint != encoder.fingerprint or p.pk in changed]
