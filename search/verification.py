"""Comparing the index with its sources, its vectors and its snapshot."""

from collections.abc import Iterator, Sequence

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from search import encoders, health, index, sources
from search.encoders import EncoderUnavailableError
from search.models import Clock, IndexedDocument, Passage

BATCH = 200


def problems() -> Iterator[str]:
    """Yield one sentence for everything that is not in order, with how to mend it."""
    for source in sources.every():
        yield from _against_source(source)
    yield from _orphans()
    yield from _vectors()
    for name in ("snapshot", "queue"):
        ok, told = health.CHECKS[name]()
        if not ok:
            yield told


def mend() -> int:
    """Bring rows up to date that are missing or differ from their source; return how many.

    Compares without holding anything, so that nobody waits for it, and writes only what differs.
    """
    count = 0
    for source in sources.every():
        present, gone = index.stale_ids(source.name)
        for start in range(0, len(present), BATCH):
            absent, changed = _compared(source, present[start : start + BATCH])
            wrong = [sources.split_key(key)[1] for key in (*absent, *changed)]
            index.refresh(source.name, wrong)
            count += len(wrong)
        index.withdraw(source.name, gone)
        count += len(gone)
    count += _mend_bare()
    if not Clock.now()[1]:  # nothing to index: that is a state, too
        with transaction.atomic():
            Clock.tick()
    return count


def _mend_bare() -> int:
    """Split documents again that have lost their passages."""
    bare = list(_bare().values_list("source", "key"))
    for name, key in bare:
        index.refresh(name, [sources.split_key(key)[1]], thoroughly=True)
    return len(bare)


def _bare() -> QuerySet[IndexedDocument]:
    known = [source.name for source in sources.every()]
    return IndexedDocument.objects.filter(withdrawn=False, passages=None, source__in=known)


def _against_source(source: sources.Source) -> Iterator[str]:
    present, gone = index.stale_ids(source.name)
    mend = f"Run `manage.py reindex --source {source.name}`."
    if gone:
        yield f"{source.name}: {len(gone)} indexed documents no longer exist. {mend}"
    missing = differing = 0
    for start in range(0, len(present), BATCH):
        absent, changed = _compared(source, present[start : start + BATCH])
        missing, differing = missing + len(absent), differing + len(changed)
    if missing:
        yield f"{source.name}: {missing} documents are not indexed. {mend}"
    if differing:
        yield f"{source.name}: {differing} documents differ from what is indexed. {mend}"


def _compared(source: sources.Source, ids: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the keys of those documents that are missing, and of those that differ."""
    documents = {document.key: document for document in source.documents(ids)}
    rows = IndexedDocument.objects.filter(key__in=documents, withdrawn=False)
    hashes = {
        key: (content, state)
        for key, content, state in rows.values_list("key", "content_hash", "state_hash")
    }
    differing = [
        key
        for key, document in documents.items()
        if key in hashes
        and hashes[key] != (index.content_hash(document), index.state_hash(document))
    ]
    return sorted(documents.keys() - hashes.keys()), differing


def _orphans() -> Iterator[str]:
    known = [source.name for source in sources.every()]
    rows = IndexedDocument.objects.filter(withdrawn=False).exclude(source__in=known)
    names = sorted(set(rows.values_list("source", flat=True)))
    for name in names:
        yield (
            f"{name}: no app registers this source, its documents are never shown. Install the "
            "app again, or delete its rows of IndexedDocument."
        )
    if bare := _bare().count():
        yield f"{bare} documents have no passages. Run `manage.py reindex`."


def _vectors() -> Iterator[str]:
    try:
        encoder = encoders.current()
    except EncoderUnavailableError as error:
        yield str(error)
        return
    waiting = Passage.objects.exclude(fingerprint=encoder.fingerprint).count()
    if waiting:
        yield f"{waiting} passages wait to be encoded. Start the worker or run `manage.py reindex`."
    wrong = 0
    rows = Passage.objects.filter(fingerprint=encoder.fingerprint, vector__isnull=False)
    for vector in rows.values_list("vector", flat=True).iterator(chunk_size=1000):
        values = np.frombuffer(bytes(vector or b""), np.uint8)
        wrong += not _is_unit(values, encoder.dimensions)
    if wrong:
        yield f"{wrong} vectors are damaged. Run `manage.py reindex --encode-again`."


def _is_unit(values: np.ndarray[tuple[int], np.dtype[np.uint8]], dimensions: int) -> bool:
    if len(values) != dimensions * 4:
        return False
    length = float(np.linalg.norm(values.view("<f4")))
    return abs(length - 1) < 1e-3
