"""How long each stage of a search takes at several sizes, how long indexing takes, what it holds.

    python -m bench.search_latency [--sizes 1000 10000 100000] [--queries 200]

Runs the very door of the site on a throw-away SQLite database and index. Texts are SYNTHETIC, five
passages of some 150 words to a document, so times mean something and relevance does not. Indexing
is measured on the first passages, by the way the site takes; the others are written as rows
directly, with random unit vectors. Questions are always encoded, each is asked once, by one
thread. One run; trust the ratios. A million passages take 6 GB of memory and of disk, and some ten
minutes.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from bench import ground
from bench.texts import questions, synthetic

STAGES = (
    "clean",
    "sync",
    "expand",
    "encode",
    "words",
    "vectors",
    "fuse",
    "facets",
    "check",
    "total",
)
PER_DOCUMENT = 5
# Passages that go the whole way; the throughput of indexing is theirs.
WHOLE_WAY = 1000
ROUNDS = 3
# Rows written at once.
BATCH = 5000
COUNTRIES = ("GEO", "MAR", "CHL", "MDA", "ETH", "PAN", "ITA", "MEX")


class Shelf:
    """Synthetic documents as a source of search."""

    name = "bench"

    def __init__(self) -> None:
        self.texts: list[tuple[str, list[str]]] = []

    def ids(self) -> list[str]:
        """Return the numbers of the documents."""
        return [str(number) for number in range(len(self.texts))]

    def facets(self, number: int) -> Mapping[str, tuple[str, ...]]:
        """Return a country and a theme."""
        return {"country": (COUNTRIES[number % 8],), "theme": (f"theme-{number % 12}",)}

    def documents(self, ids: Sequence[str]) -> Iterator[Any]:
        """Yield these as public documents."""
        from search.documents import PUBLIC, Document, Section

        for each in ids:
            title, texts = self.texts[int(each)]
            yield Document(
                f"bench:{each}",
                "practice",
                title,
                "en",
                tuple(Section((f"Part {place}",), text) for place, text in enumerate(texts)),
                self.facets(int(each)),
                PUBLIC,
            )

    def shown(self, ids: Sequence[str], viewer: object, language: str) -> Mapping[str, Any]:
        """Return a card for every document."""
        from search.sources import Card

        return {each: Card(f"Document {each}", f"/{each}/", "practice", "en") for each in ids}


def index_some(shelf: Shelf, texts: Iterator[tuple[str, str]]) -> None:
    """Index by the way of the site, and print how fast that is."""
    from search import encoders, index
    from search.encoding import BATCH as AT_ONCE
    from search.encoding import encode_all
    from search.models import Passage
    from search.passages import encoded_text

    for _document in range(WHOLE_WAY // PER_DOCUMENT):
        group = list(islice(texts, PER_DOCUMENT))
        shelf.texts.append((group[0][0], [text for _title, text in group]))
    started = perf_counter()
    index.refresh("bench", shelf.ids())
    reading = perf_counter() - started
    encoder = encoders.current()
    encoder.load()
    rows = Passage.objects.select_related("document")
    told = [encoded_text(p.document.title, p.heading, p.text, p.shadow) for p in rows]
    raw, whole = [], []
    for _round in range(ROUNDS):
        started = perf_counter()
        for start in range(0, len(told), AT_ONCE):
            encoder.encode_passages(told[start : start + AT_ONCE])
        raw.append(len(told) / (perf_counter() - started))
        Passage.objects.update(fingerprint="")
        started = perf_counter()
        done = encode_all()
        whole.append(done / (perf_counter() - started))
    print(f"{len(told)} passages the whole way, by {encoder.runtime}:")
    print(f"  read, split and written as rows   {len(told) / reading:,.0f} a second")
    print(f"  the encoder alone                 {median(raw):,.0f} a second")
    print(
        f"  encoded and stored                {median(whole):,.0f} a second, "
        f"{median(whole) / median(raw):.0%} of the encoder's own (medians of {ROUNDS} rounds)"
    )


def fill(shelf: Shelf, texts: Iterator[tuple[str, str]], size: int) -> None:
    """Write rows directly until there are so many passages."""
    from django.db import transaction

    from search import encoders
    from search.models import Clock, IndexedDocument, Passage

    encoder = encoders.current()
    chance = np.random.default_rng(size)
    have = Passage.objects.count()
    started = perf_counter()
    while have < size:
        count = min(BATCH, size - have) // PER_DOCUMENT or 1
        first = IndexedDocument.objects.count()
        with transaction.atomic():
            seq = Clock.tick()
            documents = [_document(shelf, first + place, seq) for place in range(count)]
            IndexedDocument.objects.bulk_create(documents)
            vectors = chance.normal(size=(count * PER_DOCUMENT, encoder.dimensions))
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            blobs = iter([vector.tobytes() for vector in vectors.astype("<f4")])
            _write_passages(
                {
                    "document": document.pk,
                    "position": place,
                    "heading": f"Part {place}",
                    "text": next(texts)[1],
                    "vector": next(blobs),
                    "fingerprint": encoder.fingerprint,
                    "seq": seq,
                }
                for document in documents
                for place in range(PER_DOCUMENT)
            )
        have += count * PER_DOCUMENT
    print(f"\n{have:,} passages; rows written directly in {perf_counter() - started:.0f} s")


def _document(shelf: Shelf, number: int, seq: int) -> Any:
    from search.models import IndexedDocument

    return IndexedDocument(
        key=f"bench:{number}",
        source="bench",
        kind="practice",
        title=f"Synthetic document {number}",
        language="en",
        work=f"bench:{number}",
        facets={name: list(codes) for name, codes in shelf.facets(number).items()},
        audiences=["public"],
        content_hash="bench",
        state_hash="bench",
        seq=seq,
    )


def _write_passages(rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows of passages; fields that are not given have their defaults."""
    from django.db import connection

    from search.models import Passage

    fields = [field for field in Passage._meta.concrete_fields if not field.primary_key]
    defaults = {field.name: field.get_default() for field in fields} | {"digest": "bench"}
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{Passage._meta.db_table}" ({columns}) VALUES ({places})',
            [[(defaults | row)[field.name] for field in fields] for row in rows],
        )


def start() -> None:
    """Print how long a process takes to be ready and what it holds then."""
    from search import caches

    started = perf_counter()
    caches.Caches().keep_snapshot(always=True)
    seconds = perf_counter() - started
    print(f"  a process reads all rows     {seconds:.1f} s, and writes a snapshot")
    caches._current = caches.Caches()
    before = ground.memory()
    started = perf_counter()
    caches.current().view()
    seconds = perf_counter() - started
    print(f"  a process starts             {seconds:.1f} s from rows and snapshot")
    print(f"  this process holds           {ground.memory():,.0f} MB ({before:,.0f} before)")


def ask(count: int, seed: int) -> dict[str, list[float]]:
    """Ask so many different questions; return milliseconds by stage."""
    from search.engine import find
    from search.viewer import ANYONE

    taken: dict[str, list[float]] = defaultdict(list)
    for question in questions(count, seed):
        timings = find(question, ANYONE).timings
        for stage in STAGES:
            taken[stage].append(timings.get(stage, 0.0))
    return taken


def main() -> None:
    """Measure every size and print one table."""
    options = argparse.ArgumentParser(
        prog="python -m bench.search_latency",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    options.add_argument("--queries", type=int, default=200)
    chosen = options.parse_args()
    with ground.own_site():
        from search import caches, sources

        shelf = Shelf()
        sources.register(shelf)
        texts = synthetic(max(chosen.sizes) + WHOLE_WAY)
        index_some(shelf, texts)
        measured = {}
        for size in sorted(chosen.sizes):
            caches._current = caches.Caches()
            fill(shelf, texts, size)
            start()
            ask(20, seed=random.Random(size).randrange(10**9))
            measured[size] = ask(chosen.queries, seed=size)
        print(f"\nmilliseconds, p50 / p95 of {chosen.queries} questions, one at a time")
        ground.table(
            ["passages", *(f"{size:,}" for size in measured)],
            [
                [
                    stage,
                    *(
                        f"{median(taken[stage]):.1f} / {ground.percentile(taken[stage], 0.95):.1f}"
                        for taken in measured.values()
                    ),
                ]
                for stage in STAGES
            ],
        )


if __name__ == "__main__":
    main()
