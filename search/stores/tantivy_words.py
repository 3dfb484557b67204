"""Words in memory by Tantivy (BM25), one small index for each set of audiences.

Separate indexes, because BM25 weighs a word by how many documents have it: in a common index a
private document would change the order of what outsiders see. They live in memory and are filled
from the rows when a process starts (some 10,000 passages in two seconds), so there is no file
that could be damaged or out of step. Stems are made by `search.language` in each document's own
language; queries are built from terms and never parsed.
"""

import math
import os
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice, pairwise, product

import numpy as np
from tantivy import DocAddress, Occur, Query, Schema, Searcher

from search.bridges import names
from search.filters import Filters
from search.language import LANGUAGES, stem, stems_in_all
from search.spelling import nearest
from search.stores import Ids, Term, WordDocument, WordScores
from search.stores.tantivy_partition import Partition

# Measured on Cranfield and MLQA: titles stand in the body as well, this is on top of it.
TITLE_BOOST = 0.5
HEADING_BOOST = 0.25
PREFIX_WEIGHT = 0.3
CORRECTED_WEIGHT = 0.8
CORRECTED_COVERAGE = 0.4
SHORTEST_PREFIX = 3
# For two words of the question that stand side by side in the text as well.
PAIR_WEIGHT = 0.15
# From so many passages on, ranking and coverage are searched side by side.
TOGETHER_FROM = 5_000
# So many ways to read a phrase (each word has a stem in each language) are tried.
MOST_READINGS = 16


class TantivyWords:
    """A `WordStore`; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._partitions: dict[frozenset[str], Partition] = {}
        # Where a document is; in several places only after a write that failed.
        self._places: dict[int, set[frozenset[str]]] = defaultdict(set)

    def __len__(self) -> int:
        """Return the number of passages."""
        return sum(partition.searcher.num_docs for partition in self._partitions.values())

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
            for number in {*gone, *new} & self._places.keys():
                for audiences in self._places[number]:
                    removed[audiences].append(number)
            for audiences, group in added.items():
                for each in group:
                    self._places[each.document].add(audiences)
            for audiences in removed.keys() | added.keys():
                partition = self._partitions.setdefault(audiences, Partition())
                partition.change(removed[audiences], added[audiences])
            for number in {*gone, *new}:
                self._places.pop(number, None)
            for audiences, group in added.items():
                self._places.update((each.document, {audiences}) for each in group)

    def search(
        self, terms: Sequence[Term], audiences: frozenset[str], filters: Filters, limit: int
    ) -> WordScores:
        """Return passages of documents these audiences may see, with any of the terms."""
        parts = [
            _scored(partition, terms, filters, limit) for partition in self._visible(audiences)
        ]
        if not parts:
            nothing = np.empty(0, np.float32)
            return WordScores(np.empty(0, np.int64), nothing, nothing)
        return WordScores(
            np.concatenate([part.passages for part in parts]),
            np.concatenate([part.share for part in parts]),
            np.concatenate([part.coverage for part in parts]),
        )

    def corrected(self, terms: Sequence[Term], audiences: frozenset[str]) -> tuple[Term, ...]:
        """Return the terms, unknown words replaced by what these audiences' texts do hold."""
        parts = self._visible(audiences)
        answer = []
        for term in terms:
            known = any(_frequency(partition, term) for partition in parts)
            word = "" if known or term.kept else nearest(parts, term.word)
            if term.name and not known:
                answer.append(replace(term, stems=stems_in_all(term.name), corrected=term.name))
            else:
                answer.append(replace(term, stems=(word,), corrected=word) if word else term)
        return tuple(answer)

    def phrase(
        self,
        phrases: Sequence[Sequence[tuple[str, ...]]],
        audiences: frozenset[str],
        filters: Filters,
        limit: int,
        fields: Sequence[str] = ("title", "body"),
    ) -> Ids:
        """Return passages that contain one of the phrases (words as tuples of stems) in order."""
        ids: list[Ids] = []
        for partition in self._visible(audiences):
            readings = [
                (Occur.Should, _in_order(partition.schema, name, reading))
                for phrase in phrases
                for reading in islice(product(*phrase), MOST_READINGS)
                for name in fields
            ]
            query = _within(partition.schema, Query.boolean_query(readings), filters)
            searcher = partition.searcher
            ids.append(_passages(searcher, searcher.search(query, limit, count=False).hits))
        return np.concatenate(ids) if ids else np.empty(0, np.int64)

    def named(self, skeletons: Sequence[str], audiences: frozenset[str]) -> list[str]:
        """Return the words with one of these skeletons in these audiences' texts, commonest first.

        See `search.bridges.names`.
        """
        found: dict[str, int] = defaultdict(int)
        for partition, skeleton in product(self._visible(audiences), skeletons):
            keys = partition.terms_with_prefix("names", f"{skeleton}{names.KEY_SIGN}")
            for key, _frequency_of_all in keys:
                if frequency := partition.live("names", key):
                    found[names.word_of(key)] += frequency
        return sorted(found, key=lambda word: (-found[word], word))

    def _visible(self, audiences: frozenset[str]) -> list[Partition]:
        with self._lock:
            parts = [part for key, part in self._partitions.items() if key & audiences]
        return [part for part in parts if part.searcher.num_docs]


@dataclass
class _Question:
    """The clauses for ranking, those for coverage, and the most that coverage can be."""

    ranked: list[tuple[Occur, Query]] = field(default_factory=list)
    covered: list[tuple[Occur, Query]] = field(default_factory=list)
    whole: float = 0.0


def _scored(
    partition: Partition, terms: Sequence[Term], filters: Filters, limit: int
) -> WordScores:
    schema, searcher = partition.schema, partition.searcher
    question = _question(partition, terms)
    whole = question.whole or 1.0
    ranked = _within(schema, Query.boolean_query(question.ranked), filters)
    covered = _within(schema, Query.boolean_query(question.covered), filters)
    side_by_side = searcher.num_docs >= TOGETHER_FROM
    work = _threads().map if side_by_side else map
    found, found_covered = work(
        lambda query: searcher.search(query, limit, count=False).hits, (ranked, covered)
    )
    passages = _passages(searcher, found)
    share = np.array([score for score, _ in found], np.float32) / whole
    order = np.argsort(passages)
    known = _passages(searcher, found_covered)
    place = np.searchsorted(passages, known, sorter=order)
    inside = place < len(passages)
    target = order[place[inside]]
    coverage = np.zeros(len(passages), np.float32)
    scores = np.array([score for score, _ in found_covered], np.float32)[inside] / whole
    same = passages[target] == known[inside]
    coverage[target[same]] = np.minimum(scores[same], 1.0)
    return WordScores(passages, share, coverage)


def _question(partition: Partition, terms: Sequence[Term]) -> _Question:
    question, schema = _Question(), partition.schema
    total = partition.searcher.num_docs
    for term in terms:
        weight, kept = term.weight, 1.0
        frequency = _frequency(partition, term)
        # A corrected word counts for less, and the word that was typed stays unmatched in part.
        rarity = 0 if term.corrected else frequency
        idf = math.log(1 + (total - rarity + 0.5) / (rarity + 0.5))
        if term.corrected:
            weight, kept = weight * CORRECTED_WEIGHT, CORRECTED_COVERAGE
        if frequency:
            question.ranked.append((Occur.Should, _any_field(schema, term.stems, weight)))
        if term.weight >= 1:
            question.whole += idf
            if frequency:
                present = Query.const_score_query(_one_of(schema, "body", term.stems), idf * kept)
                question.covered.append((Occur.Should, present))
        if term.prefix and len(term.word) >= SHORTEST_PREFIX:
            prefix = Query.fuzzy_term_query(schema, "body", term.word, 0, False, True)
            question.ranked.append((Occur.Should, Query.const_score_query(prefix, PREFIX_WEIGHT)))
            if not frequency:
                begun = Query.const_score_query(prefix, idf * PREFIX_WEIGHT)
                question.covered.append((Occur.Should, begun))
    question.ranked += _pairs(schema, terms)
    return question


def _pairs(schema: Schema, terms: Sequence[Term]) -> Iterator[tuple[Occur, Query]]:
    """Yield what lifts passages where neighbours of the question are neighbours too."""
    typed = [term.word for term in terms if term.weight >= 1 and not term.corrected]
    for one, other in pairwise(filter(None, typed)):
        stems_ = {(stem(one, each), stem(other, each)) for each in LANGUAGES}
        readings = [
            (Occur.Should, Query.phrase_query(schema, "body", list(pair)))
            for pair in sorted(stems_)
        ]
        near = Query.boolean_query(readings) if len(readings) > 1 else readings[0][1]
        yield Occur.Should, Query.boost_query(near, PAIR_WEIGHT)


def _frequency(partition: Partition, term: Term) -> int:
    return max(partition.live("body", stem) for stem in term.stems)


def _one_of(schema: Schema, name: str, stems_: Sequence[str]) -> Query:
    same = [Query.term_query(schema, name, stem, "freq") for stem in stems_]
    return same[0] if len(same) == 1 else Query.disjunction_max_query(same)


def _any_field(schema: Schema, stems_: Sequence[str], weight: float) -> Query:
    """Return a query for one word: its best stem, in the body and more so in title and heading."""
    boosts = (("body", 1.0), ("title", TITLE_BOOST), ("heading", HEADING_BOOST))
    clauses = [
        (Occur.Should, Query.boost_query(_one_of(schema, name, stems_), boost * weight))
        for name, boost in boosts
    ]
    return Query.boolean_query(clauses)


def _in_order(schema: Schema, name: str, words: Sequence[str]) -> Query:
    """Return a phrase query; for one word a plain one, because Tantivy panics at that."""
    if len(words) == 1:
        return Query.term_query(schema, name, words[0])
    return Query.phrase_query(schema, name, list(words))


def _within(schema: Schema, query: Query, filters: Filters) -> Query:
    """Return the query for those documents only that the filters let through, scores unchanged."""
    clauses = [(Occur.Must, query)]
    for facet, codes in filters.items():
        labels = [f"{facet}:{code}" for code in codes]
        chosen = Query.term_set_query(schema, "labels", labels)
        clauses.append((Occur.Must, Query.const_score_query(chosen, 0.0)))
    return Query.boolean_query(clauses) if len(clauses) > 1 else query


def _passages(searcher: Searcher, hits: Sequence[tuple[float, DocAddress]]) -> Ids:
    addresses = [address for _, address in hits]
    return np.array(searcher.fast_field_values("passage", addresses), np.int64)


@cache
def _threads() -> ThreadPoolExecutor:
    """Return the threads of this process that search a large index."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="search-words")
