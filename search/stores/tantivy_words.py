"""Words in memory by Tantivy (BM25), one small index for each set of audiences.

Separate indexes, because BM25 weighs a word by how many documents have it: in a common index a
private document would change the order of what outsiders see. They live in memory and are filled
from the rows when a process starts (some 10,000 passages in two seconds), so there is no file
that could be damaged or out of step. Stems are made by `search.language` in each document's own
language; queries are built from terms and never parsed.
"""

import math
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice, product

import numpy as np
from tantivy import Document, Index, Occur, Query, Schema, SchemaBuilder, Searcher

from search.filters import Filters
from search.language import stems
from search.spelling import nearest
from search.stores import Ids, Term, WordDocument, WordScores

HEAP = 64_000_000
# Measured on Cranfield and MLQA: titles stand in the body as well, this is on top of it.
TITLE_BOOST = 0.5
HEADING_BOOST = 0.25
PREFIX_WEIGHT = 0.3
CORRECTED_WEIGHT = 0.8
# So many ways to read a phrase (each word has a stem in each language) are tried.
MOST_READINGS = 16


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_unsigned_field("passage", fast=True)
    builder.add_unsigned_field("document", indexed=True)
    builder.add_text_field("labels", tokenizer_name="raw", index_option="basic")
    for name in ("title", "heading", "body"):
        builder.add_text_field(name, tokenizer_name="whitespace")
    return builder.build()


class _Partition:
    """The documents of one set of audiences."""

    def __init__(self) -> None:
        self.schema = _schema()
        self.index = Index(self.schema)
        self.index.config_reader("manual")
        self.searcher: Searcher = self.index.searcher()

    def change(self, gone: Iterable[int], documents: Iterable[WordDocument]) -> None:
        """Remove and add in one step."""
        # A writer keeps threads; it lives only as long as it writes.
        writer = self.index.writer(HEAP, 1)
        for number in gone:
            writer.delete_documents_by_term("document", number)
        for document in documents:
            for each in _entries(document):
                writer.add_document(each)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()


class TantivyWords:
    """A `WordStore`; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._partitions: dict[frozenset[str], _Partition] = {}
        self._place: dict[int, frozenset[str]] = {}

    def put(self, documents: Iterable[WordDocument]) -> None:
        """Add documents, each in place of what was there under its id."""
        self.change((), documents)

    def remove(self, documents: Iterable[int]) -> None:
        """Forget these documents; unknown ids are ignored."""
        self.change(documents, ())

    def change(self, gone: Iterable[int], documents: Iterable[WordDocument]) -> None:
        """Remove and add in one step for each set of audiences."""
        with self._lock:
            removed: dict[frozenset[str], list[int]] = defaultdict(list)
            added: dict[frozenset[str], list[WordDocument]] = defaultdict(list)
            for document in documents:
                added[document.audiences].append(document)
            new = {each.document for group in added.values() for each in group}
            for number in {*gone, *new} & self._place.keys():
                removed[self._place.pop(number)].append(number)
            for audiences in removed.keys() | added.keys():
                partition = self._partitions.setdefault(audiences, _Partition())
                partition.change(removed[audiences], added[audiences])
            for audiences, group in added.items():
                self._place.update((each.document, audiences) for each in group)

    def search(
        self, terms: Sequence[Term], audiences: frozenset[str], filters: Filters, limit: int
    ) -> WordScores:
        """Return passages of documents these audiences may see, with any of the terms."""
        ids: list[Ids] = []
        shares: list[list[float]] = []
        for partition in self._visible(audiences):
            searcher = partition.searcher
            query, best = _question(partition.schema, searcher, terms)
            if best <= 0:
                continue
            found = searcher.search(_within(partition.schema, query, filters), limit, count=False)
            ids.append(_passages(searcher, found.hits))
            shares.append([score / best for score, _ in found.hits])
        if not ids:
            return WordScores(np.empty(0, np.int64), np.empty(0, np.float32))
        return WordScores(np.concatenate(ids), np.concatenate(shares).astype(np.float32))

    def phrase(
        self,
        phrases: Sequence[Sequence[tuple[str, ...]]],
        audiences: frozenset[str],
        filters: Filters,
        limit: int,
    ) -> Ids:
        """Return passages that contain one of the phrases (words as tuples of stems) in order."""
        ids: list[Ids] = []
        for partition in self._visible(audiences):
            readings = [
                (Occur.Should, Query.phrase_query(partition.schema, field, list(reading)))
                for phrase in phrases
                for reading in islice(product(*phrase), MOST_READINGS)
                for field in ("title", "body")
            ]
            query = _within(partition.schema, Query.boolean_query(readings), filters)
            found = partition.searcher.search(query, limit, count=False)
            ids.append(_passages(partition.searcher, found.hits))
        return np.concatenate(ids) if ids else np.empty(0, np.int64)

    def _visible(self, audiences: frozenset[str]) -> list[_Partition]:
        with self._lock:
            parts = [part for key, part in self._partitions.items() if key & audiences]
        return [part for part in parts if part.searcher.num_docs]


def _entries(document: WordDocument) -> Iterable[Document]:
    title = " ".join(stems(document.title, document.language))
    labels = [f"{facet}:{code}" for facet, code in sorted(document.labels)]
    for passage in document.passages:
        heading = " ".join(stems(passage.heading, document.language))
        body = " ".join(stems(passage.text, document.language))
        entry = Document()
        entry.add_unsigned("passage", passage.passage)
        entry.add_unsigned("document", document.document)
        entry.add_text("title", title)
        entry.add_text("heading", heading)
        entry.add_text("body", " ".join((title, heading, body)))
        for label in labels:
            entry.add_text("labels", label)
        yield entry


def _question(schema: Schema, searcher: Searcher, terms: Sequence[Term]) -> tuple[Query, float]:
    """Return the query, and the score of a passage that has each word once in its body."""
    total = searcher.num_docs
    best = 0.0
    clauses: list[tuple[Occur, Query]] = []
    for term in terms:
        stems_, weight = term.stems, term.weight
        frequency = max(searcher.doc_freq("body", stem) for stem in stems_)
        if not frequency and (corrected := nearest(searcher, term.word)):
            stems_, weight = (corrected,), weight * CORRECTED_WEIGHT
            frequency = searcher.doc_freq("body", corrected)
        idf = math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))
        if term.weight >= 1:
            best += idf
        if frequency:
            clauses.append((Occur.Should, _any_field(schema, stems_, weight)))
        if term.prefix and len(term.word) >= 3:
            prefix = Query.fuzzy_term_query(schema, "body", term.word, 0, False, True)
            clauses.append((Occur.Should, Query.const_score_query(prefix, PREFIX_WEIGHT)))
    return Query.boolean_query(clauses), best if clauses else 0.0


def _any_field(schema: Schema, stems_: Sequence[str], weight: float) -> Query:
    """Return a query for one word: its best stem, in the body and more so in title and heading."""
    boosts = (("body", 1.0), ("title", TITLE_BOOST), ("heading", HEADING_BOOST))
    fields = []
    for field, boost in boosts:
        same = [Query.term_query(schema, field, stem, "freq") for stem in stems_]
        one = same[0] if len(same) == 1 else Query.disjunction_max_query(same)
        fields.append((Occur.Should, Query.boost_query(one, boost * weight)))
    return Query.boolean_query(fields)


def _within(schema: Schema, query: Query, filters: Filters) -> Query:
    """Return the query for those documents only that the filters let through, scores unchanged."""
    clauses = [(Occur.Must, query)]
    for facet, codes in filters.items():
        labels = [f"{facet}:{code}" for code in codes]
        chosen = Query.term_set_query(schema, "labels", labels)
        clauses.append((Occur.Must, Query.const_score_query(chosen, 0.0)))
    return Query.boolean_query(clauses) if len(clauses) > 1 else query


def _passages(searcher: Searcher, hits: Sequence[tuple[float, object]]) -> Ids:
    addresses = [address for _, address in hits]
    return np.array(searcher.fast_field_values("passage", addresses), np.int64)
