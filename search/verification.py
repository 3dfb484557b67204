"""Comparing the index with its sources, its vectors, its snapshot and what a process holds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from search import encoders, health, index, queue, snapshots, sources
from search.caches import Caches
from search.encoders import Encoder, EncoderUnavailableError
from search.models import Clock, IndexedDocument, Passage, waiting_for
from search.passages import pieces_of
from search.stores import pgvector_table

BATCH = 200
# Snapshots hold half precision: what is nearer than this is the same vector.
SAME_VECTOR = 0.999


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
    yield from _caches()


def mend(thoroughly: bool = False) -> int:
    """Bring rows up to date that are missing or differ from their source; return how many.

    Compares without holding anything, so that nobody waits for it, and writes only what differs.
    `thoroughly` compares the passages of every document with its text, too.
    """
    count = 0
    for source in sources.every():
        present, gone = index.stale_ids(source.name)
        for start in range(0, len(present), BATCH):
            batch = present[start : start + BATCH]
            absent, changed = _compared(source, batch, thoroughly)
            wrong = [sources.split_key(key)[1] for key in (*absent, *changed)]
            index.refresh(source.name, wrong, thoroughly)
            count += len(wrong)
        index.withdraw(source.name, gone)
        count += len(gone)
    count += _mend_bare()
    if not Clock.now()[1]:  # nothing to index: that is a state, too
        with transaction.atomic():
            Clock.tick()
    return count


def repair() -> int:
    """Mend everything that can be mended while the site runs; return how much it was.

    What has to be encoded again is left to the worker.
    """
    count = mend(thoroughly=True)
    try:
        damaged = list(_damaged(encoders.current()))
    except EncoderUnavailableError:
        damaged = []
    with transaction.atomic():
        seq = Clock.tick()
        Passage.objects.filter(pk__in=damaged).update(vector=None, fingerprint="", seq=seq)
        if damaged:
            queue.ask_for_encoding()
    Caches().keep_snapshot(always=True)
    return count + len(damaged)


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
        absent, changed = _compared(source, present[start : start + BATCH], thoroughly=True)
        missing, differing = missing + len(absent), differing + len(changed)
    if missing:
        yield f"{source.name}: {missing} documents are not indexed. {mend}"
    if differing:
        yield f"{source.name}: {differing} documents differ from what is indexed. {mend}"


def _compared(
    source: sources.Source, ids: Sequence[str], thoroughly: bool
) -> tuple[list[str], list[str]]:
    """Return the keys of those documents that are missing, and of those that differ."""
    documents = {document.key: document for document in source.documents(ids)}
    rows = IndexedDocument.objects.filter(key__in=documents, withdrawn=False)
    hashes = {
        key: (content, state)
        for key, content, state in rows.values_list("key", "content_hash", "state_hash")
    }
    differing = {
        key
        for key, document in documents.items()
        if key in hashes
        and hashes[key] != (index.content_hash(document), index.state_hash(document))
    }
    if thoroughly:
        digests = _digests(hashes.keys() - differing)
        differing |= {
            key
            for key, stored in digests.items()
            if stored != [piece.digest for piece in pieces_of(documents[key])]
        }
    return sorted(documents.keys() - hashes.keys()), sorted(differing)


def _digests(keys: set[str]) -> dict[str, list[str]]:
    """Return the digests of the passages of these documents, in order."""
    rows = Passage.objects.filter(document__key__in=keys).order_by("document", "position")
    digests: dict[str, list[str]] = defaultdict(list)
    for key, digest in rows.values_list("document__key", "digest"):
        digests[key].append(digest)
    return digests


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
        yield f"{bare} documents have no passages. Run `manage.py verify_index --repair`."
    if left := Passage.objects.filter(document__withdrawn=True).count():
        yield f"{left} passages of withdrawn documents are left. Run `manage.py reindex`."


def _vectors() -> Iterator[str]:
    try:
        encoder = encoders.current()
    except EncoderUnavailableError as error:
        yield str(error)
        return
    if waiting := waiting_for(encoder.fingerprint).count():
        yield f"{waiting} passages wait to be encoded. Start the worker or run `manage.py reindex`."
    if damaged := sum(1 for _passage in _damaged(encoder)):
        yield f"{damaged} vectors are damaged. Run `manage.py reindex --encode-again`."
    if not pgvector_table.asked_for():
        yield from _against_snapshot(encoder)


def _damaged(encoder: Encoder) -> Iterator[int]:
    """Yield the ids of passages whose vector is not one of this encoder's length and of unit."""
    rows = Passage.objects.filter(fingerprint=encoder.fingerprint, vector__isnull=False)
    for pk, vector in rows.values_list("pk", "vector").iterator(chunk_size=1000):
        values = np.frombuffer(bytes(vector or b""), np.uint8)
        if not _is_unit(values, encoder.dimensions):
            yield pk


def _is_unit(values: np.ndarray[tuple[int], np.dtype[np.uint8]], dimensions: int) -> bool:
    if len(values) != dimensions * 4:
        return False
    length = float(np.linalg.norm(values.view("<f4")))
    return abs(length - 1) < 1e-3


def _against_snapshot(encoder: Encoder) -> Iterator[str]:
    """Compare what the snapshot holds for each passage with the vector in its row."""
    epoch, latest = Clock.now()
    directory = settings.SEARCH_INDEX_DIR
    try:
        store, _number = snapshots.load(directory, encoder.fingerprint, epoch, latest)
    except snapshots.SnapshotError:
        return  # whether it should be there is told by `health.snapshot`
    wrong = 0
    ids = np.sort(store.known())
    for start in range(0, len(ids), BATCH):
        rows = Passage.objects.filter(pk__in=ids[start : start + BATCH].tolist())
        rows = rows.filter(fingerprint=encoder.fingerprint, vector__isnull=False)
        for pk, vector in rows.values_list("pk", "vector"):
            own = np.frombuffer(bytes(vector or b""), np.uint8)
            if _is_unit(own, encoder.dimensions):  # else told above
                cosine = store.scores(own.view("<f4")[None], np.array([pk]))
                wrong += not cosine[0, 0] > SAME_VECTOR
    if wrong:
        yield f"{wrong} vectors of the snapshot are not those of their rows. Delete {directory}."


def _caches() -> Iterator[str]:
    """Fill the caches of a process from nothing, and compare them with the rows."""
    now = timezone.now()
    view = Caches().view(now)
    begun = Q(available_from=None) | Q(available_from__lte=now)
    open_ended = Q(expires_at=None) | Q(expires_at__gt=now)
    live = IndexedDocument.objects.filter(begun, open_ended, withdrawn=False)
    passages = Passage.objects.filter(document__in=live).count()
    alive = view.catalogue.alive
    held = len(view.catalogue.passages_of(alive))
    told = (int(alive.sum()), held, len(view.words))
    wanted = (live.count(), passages, passages)
    if told != wanted and view.moment == Clock.now():
        yield (
            f"A process holds (documents, passages, passages by words) {told}, the rows are "
            f"{wanted}. Run `manage.py reindex`."
        )
