"""Reading changed rows for the caches of a process."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from search.catalogue import Entry
from search.models import IndexedDocument, Passage
from search.stores import Ids, Vectors, WordDocument, WordPassage

BATCH = 1000


@dataclass(frozen=True)
class Live:
    """A document that can be found now, for the catalogue and for the word store."""

    entry: Entry
    words: WordDocument


@dataclass(frozen=True)
class Change:
    """Some documents as they are now: live, or not; `later` says when that may differ."""

    documents: list[int]
    live: list[Live]
    passages: Ids  # of all these documents, live or not
    later: list[tuple[datetime.datetime, int]]


def changed_documents(after: int) -> list[int]:
    """Return the ids of the documents that changed after this number, oldest change first."""
    rows = IndexedDocument.objects.filter(seq__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def read(documents: Sequence[int], now: datetime.datetime) -> Iterator[Change]:
    """Yield these documents as they stand, in batches."""
    for start in range(0, len(documents), BATCH):
        yield _read(documents[start : start + BATCH], now)


def _read(documents: Sequence[int], now: datetime.datetime) -> Change:
    rows = IndexedDocument.objects.filter(pk__in=documents, withdrawn=False).order_by("pk")
    passages: dict[int, list[WordPassage]] = defaultdict(list)
    texts = Passage.objects.filter(document__in=documents).order_by("document_id", "position")
    fields = texts.values_list("document_id", "pk", "heading", "text", "shadow", "english")
    for document, pk, heading, text, shadow, english in fields.iterator():
        passages[document].append(WordPassage(pk, heading, text, shadow, english))
    live: list[Live] = []
    later: list[tuple[datetime.datetime, int]] = []
    for row in rows:
        begins, ends = row.available_from, row.expires_at
        if begins and begins > now:
            later.append((begins, row.pk))
        elif not ends or ends > now:
            live.append(_live(row, tuple(passages[row.pk])))
            if ends:
                later.append((ends, row.pk))
    ids = np.array([each.passage for group in passages.values() for each in group], np.int64)
    return Change(list(documents), live, ids, later)


def _live(row: IndexedDocument, passages: tuple[WordPassage, ...]) -> Live:
    labels = {(facet, code) for facet, codes in row.facets.items() for code in codes}
    labels |= {("kind", row.kind), ("language", row.language)}
    if row.date:
        labels.add(("year", str(row.date.year)))
    audiences = frozenset(row.audiences)
    entry = Entry(
        document=row.pk,
        key=row.key,
        title=row.title,
        language=row.language,
        work=row.work,
        day=row.date.toordinal() if row.date else 0,
        weight=row.weight,
        part_of=row.part_of,
        audiences=audiences,
        labels=frozenset(labels),
        passages=tuple(each.passage for each in passages),
    )
    words = WordDocument(row.pk, row.title, row.language, audiences, frozenset(labels), passages)
    return Live(entry, words)


def vectors_after(number: int, fingerprint: str, dimensions: int) -> Iterator[tuple[Ids, Vectors]]:
    """Yield (ids, vectors) of this encoder that were written after a number, in batches."""
    rows = Passage.objects.filter(seq__gt=number, fingerprint=fingerprint, vector__isnull=False)
    stored = rows.order_by("pk").values_list("pk", "vector").iterator(chunk_size=BATCH)
    while batch := list(islice(stored, BATCH)):
        yield usable_vectors(batch, dimensions)


def usable_vectors(
    stored: Iterable[tuple[int, bytes | memoryview | None]], dimensions: int
) -> tuple[Ids, Vectors]:
    """Return (ids, vectors), shapes (n,) and (n, dimensions), of those rows that are whole.

    A damaged row, too short or with a number that is none, costs its own vector and no other.
    """
    whole = [(pk, bytes(each)) for pk, each in stored if each and len(each) == dimensions * 4]
    ids = np.array([pk for pk, _each in whole], np.int64)
    flat = np.array([np.frombuffer(each, "<f4") for _pk, each in whole], np.float32)
    flat = flat.reshape(len(whole), dimensions)
    usable = np.isfinite(flat).all(axis=1)
    return ids[usable], flat[usable]
