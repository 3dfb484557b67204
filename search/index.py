"""Keeping the rows in step with their sources; content apps call this from signal handlers."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from search import queue, sources
from search.cleaning import clean, one_line
from search.documents import Document
from search.expand import shadow
from search.models import Clock, IndexedDocument, Passage, digest_of
from search.passages import RECIPE, Piece, pieces_of

log = logging.getLogger(__name__)
# Few enough to hold the clock only for a moment.
BATCH = 100


def refresh(source_name: str, ids: Iterable[object], thoroughly: bool = False) -> None:
    """Re-read these ids from their source: put what is live, withdraw what is not.

    `thoroughly` looks at unchanged texts too: the vocabulary may know new names in them.

    One transaction a batch: nobody sees half of a change. Words are found at the next query,
    meaning as soon as the worker has encoded what is new.
    """
    source = sources.get(source_name)
    wanted = list(dict.fromkeys(map(str, ids)))
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        with transaction.atomic():
            # The clock first: whoever holds it reads the source after the writer before.
            seq = Clock.tick()
            found = {document.key: document for document in source.documents(batch)}
            fresh = _put(source_name, list(found.values()), seq, thoroughly)
            missing = {sources.key_of(source_name, each) for each in batch} - found.keys()
            _withdraw(missing, seq)
            if fresh:
                queue.ask_for_encoding()


def withdraw(source_name: str, ids: Iterable[object]) -> None:
    """Take these out of the index, texts and vectors included, at the next query."""
    keys = {sources.key_of(source_name, each) for each in ids}
    if keys:
        with transaction.atomic():
            _withdraw(keys, Clock.tick())


def stale_ids(source_name: str) -> tuple[list[str], list[str]]:
    """Return (all ids the source has now, indexed ids the source no longer has)."""
    present = list(map(str, sources.get(source_name).ids()))
    rows = IndexedDocument.objects.filter(source=source_name, withdrawn=False)
    indexed = {sources.split_key(key)[1] for key in rows.values_list("key", flat=True)}
    return present, sorted(indexed - set(present))


def _put(source_name: str, documents: Sequence[Document], seq: int, thoroughly: bool) -> bool:
    """Write documents whose content or state changed; True if there is something to encode."""
    keys = [document.key for document in documents]
    rows = {row.key: row for row in IndexedDocument.objects.filter(key__in=keys)}
    passages: dict[int, list[Passage]] = defaultdict(list)
    kept = Passage.objects.filter(document__key__in=keys).defer("vector", "text")
    for passage in kept:
        passages[passage.document_id].append(passage)
    fresh = False
    for document in documents:
        row = rows.get(document.key) or IndexedDocument(key=document.key, source=source_name)
        content, state = content_hash(document), state_hash(document)
        same = row.pk and not row.withdrawn
        same = same and (row.content_hash, row.state_hash) == (content, state)
        if same:
            if thoroughly and _replace_passages(row, passages[row.pk], pieces_of(document), seq):
                fresh = True
                row.seq = seq
                row.save(update_fields=["seq"])
            continue
        new_content = row.withdrawn or row.content_hash != content
        _fill(row, document)
        row.content_hash, row.state_hash, row.seq = content, state, seq
        row.save()
        if new_content:
            fresh |= _replace_passages(row, passages[row.pk], pieces_of(document), seq)
    return fresh


def _fill(row: IndexedDocument, document: Document) -> None:
    row.kind, row.language = document.kind, document.language
    row.title, row.summary = one_line(document.title), clean(document.summary)
    row.work = document.work or document.key
    row.facets = {name: list(codes) for name, codes in document.facets.items() if codes}
    row.audiences = sorted(document.audiences)
    row.date = document.date
    row.available_from, row.expires_at = document.available_from, document.expires_at
    row.weight, row.part_of = document.weight, document.part_of
    row.withdrawn = False


def _replace_passages(
    row: IndexedDocument, old: Sequence[Passage], pieces: Sequence[Piece], seq: int
) -> bool:
    """Keep rows (and vectors) of unchanged passages, drop the others, add the new ones."""
    reusable: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in old:
        reusable[passage.digest, passage.shadow].append(passage)
    new: list[Passage] = []
    moved: list[Passage] = []
    for position, piece in enumerate(pieces):
        english = shadow(piece.text, row.language)
        if same := reusable[piece.digest, english]:
            passage = same.pop()
            if passage.position != position:
                passage.position = position
                moved.append(passage)
        else:
            new.append(_row(row, position, piece, english, seq))
    gone = [passage.pk for left in reusable.values() for passage in left]
    Passage.objects.filter(pk__in=gone).delete()
    Passage.objects.bulk_update(moved, ["position"])
    Passage.objects.bulk_create(new)
    return bool(new)


def _row(row: IndexedDocument, position: int, piece: Piece, english: str, seq: int) -> Passage:
    return Passage(
        document=row,
        position=position,
        heading=piece.heading,
        page=piece.page,
        anchor=piece.anchor,
        text=piece.text,
        shadow=english,
        digest=piece.digest,
        seq=seq,
    )


def _withdraw(keys: Iterable[str], seq: int) -> None:
    rows = IndexedDocument.objects.filter(key__in=list(keys), withdrawn=False)
    ids = list(rows.values_list("pk", flat=True))
    Passage.objects.filter(document_id__in=ids).delete()
    IndexedDocument.objects.filter(pk__in=ids).update(
        withdrawn=True,
        seq=seq,
        title="",
        summary="",
        facets={},
        audiences=[],
        content_hash="",
        state_hash="",
    )


def content_hash(document: Document) -> str:
    """Return the hash of what is split and encoded; a new one costs an encoding."""
    parts = [(s.heading, s.page, s.anchor, s.text) for s in document.sections]
    return digest_of(RECIPE, document.title, document.summary, document.language, parts)


def state_hash(document: Document) -> str:
    """Return the hash of everything else; a new one changes only the document's row."""
    facets = sorted((name, tuple(codes)) for name, codes in document.facets.items())
    window = (document.date, document.available_from, document.expires_at)
    place = (document.work, document.part_of, document.weight)
    return digest_of(document.kind, place, sorted(document.audiences), facets, window)
