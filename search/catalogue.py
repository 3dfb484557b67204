"""What every live document is filtered, counted and ordered by, as arrays in memory.

A `Catalogue` never changes: a change makes the next one, so that a query reads one state from
beginning to end. A document has a slot; one that changes gets a new slot and its old one is dead.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from search.filters import FACETS, Filters
from search.language import words
from search.stores import Ids

Slots = NDArray[np.int32]
Mask = NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)
MOST_DEAD = 0.5
# Each is one byte a document here, and one bit a passage in the vector store.
MOST_SELECTIONS = 100


@dataclass(frozen=True)
class Entry:
    """One live document as the catalogue takes it."""

    document: int
    key: str
    title: str
    language: str
    work: str
    day: int  # proleptic ordinal, 0: no date
    weight: float
    part_of: str  # a work, or ""
    audiences: frozenset[str]
    labels: frozenset[tuple[str, str]]  # (facet, code)
    passages: tuple[int, ...]


@dataclass(frozen=True)
class _Pairs:
    """Which documents have which codes of one facet."""

    slots: Slots = field(default_factory=lambda: np.empty(0, np.int32))
    codes: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All live documents at one moment."""

    keys: tuple[str, ...] = ()
    documents: Ids = field(default_factory=lambda: np.empty(0, np.int64))
    languages: NDArray[np.str_] = field(default_factory=lambda: np.empty(0, "U12"))
    alive: Mask = field(default_factory=lambda: np.empty(0, np.bool_))
    works: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    days: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    wholes: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    weights: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    titles: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    audiences: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    audience_sets: tuple[frozenset[str], ...] = ()
    work_numbers: dict[str, int] = field(default_factory=dict)
    facets: Mapping[str, _Pairs] = field(default_factory=dict)
    passage_ids: Ids = field(default_factory=lambda: np.empty(0, np.int64))
    passage_slots: Slots = field(default_factory=lambda: np.empty(0, np.int32))
    slot_by_document: Slots = field(default_factory=lambda: np.empty(0, np.int32))
    slot_by_passage: Slots = field(default_factory=lambda: np.empty(0, np.int32))
    firsts: Ids = field(default_factory=lambda: np.empty(0, np.int64))
    # Questions of one moment share few audiences and filters; a change begins with none.
    _selections: dict[tuple[frozenset[str], Filters], "Selection"] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def __len__(self) -> int:
        """Return the number of live documents."""
        return int(self.alive.sum())

    def allowed(self, audiences: frozenset[str], filters: Filters) -> Mask:
        """Return, by slot, which documents these audiences may find under these filters."""
        open_sets = np.array([bool(each & audiences) for each in self.audience_sets], np.bool_)
        mask = self.alive & open_sets[self.audiences] if len(self.alive) else self.alive.copy()
        for facet, codes in filters.items():
            mask &= self.having(facet, codes)
        return mask

    def selection(self, audiences: frozenset[str], filters: Filters) -> "Selection":
        """Return what these audiences may find under these filters, made once for a state."""
        key = audiences, filters
        selection = self._selections.get(key)
        if selection is None:
            if len(self._selections) >= MOST_SELECTIONS:
                self._selections.clear()
            selection = self._selections[key] = Selection(self, self.allowed(audiences, filters))
        return selection

    def having(self, facet: str, codes: Sequence[str]) -> Mask:
        """Return, by slot, which documents have one of these codes."""
        pairs = self.facets.get(facet, _Pairs())
        wanted = [number for number, name in enumerate(pairs.names) if name in codes]
        chosen = np.zeros(len(self.alive), np.bool_)
        chosen[pairs.slots[np.isin(pairs.codes, wanted)]] = True
        return chosen

    def passages_of(self, mask: Mask) -> Ids:
        """Return the ids of the passages of these documents."""
        return self.passage_ids[mask[self.passage_slots]]

    def slots_of(self, passages: Ids) -> Slots:
        """Return the document slot of each passage, -1 for unknown ones."""
        slots = np.full(len(passages), -1, np.int32)
        inside = passages < len(self.slot_by_passage)
        slots[inside] = self.slot_by_passage[passages[inside]]
        return slots

    def passages_of_documents(self, documents: Sequence[int]) -> Ids:
        """Return the ids of all passages of these documents, dead ones left out."""
        slots = _look_up(self.slot_by_document, np.array(documents, np.int64))
        mask = np.zeros(len(self.alive), np.bool_)
        mask[slots[slots >= 0]] = True
        return self.passages_of(mask & self.alive)

    def first_passages(self, slots: Slots) -> Ids:
        """Return the passage that each of these documents begins with."""
        return self.firsts[slots]

    def titled(self, text: str, mask: Mask) -> Slots:
        """Return the slots of the documents whose whole title has just these words."""
        return np.flatnonzero((self.titles == title_number(text)) & mask).astype(np.int32)

    def counts(self, facet: str, mask: Mask, wholes: Mask | None = None) -> dict[str, int]:
        """Return {code: number of answers} of one facet over these documents.

        Of kinds each has its own answers, a part beside its whole: choosing one leaves the other.
        `wholes`: the documents that their parts answer for, where these are not just the same.
        """
        pairs = self.facets.get(facet)
        if pairs is None:
            return {}
        inside = mask[pairs.slots]
        wholes = mask if wholes is None else wholes
        answers = self.works if facet == "kind" else self.answers(wholes)
        codes, works = pairs.codes[inside], answers[pairs.slots[inside]]
        once = np.unique(works.astype(np.int64) * len(pairs.names) + codes)
        numbers = np.bincount(once % len(pairs.names), minlength=len(pairs.names))
        return {name: int(n) for name, n in zip(pairs.names, numbers, strict=True) if n}

    def answers(self, wholes: Mask) -> NDArray[np.int32]:
        """Return, by slot, the work that it answers for: a part of one of `wholes` for that."""
        present = np.zeros(max(len(self.work_numbers), 1), np.bool_)
        present[self.works[wholes]] = True
        joined = (self.wholes >= 0) & present[np.maximum(self.wholes, 0)]
        return np.where(joined, self.wholes, self.works)

    def changed(self, gone: Iterable[int], entries: Sequence[Entry]) -> "Catalogue":
        """Return the catalogue without the documents `gone` and with `entries` put."""
        alive = self.alive.copy()
        ids = np.array([*gone, *(entry.document for entry in entries)], np.int64)
        slots = _look_up(self.slot_by_document, ids)
        alive[slots[slots >= 0]] = False
        after = replace(self, alive=alive)._with(entries)
        if len(after.alive) > 100 and (~after.alive).mean() > MOST_DEAD:
            after = after._without_dead()
        return after

    def _with(self, entries: Sequence[Entry]) -> "Catalogue":
        if not entries:
            return self
        first = len(self.alive)
        slots = np.arange(first, first + len(entries), dtype=np.int32)
        # Shared with the state before: it only grows, and who reads that asks for less of it.
        numbers = self.work_numbers
        works = [numbers.setdefault(entry.work, len(numbers)) for entry in entries]
        wholes = [
            numbers.setdefault(entry.part_of, len(numbers)) if entry.part_of else -1
            for entry in entries
        ]
        sets = list(self.audience_sets)
        known = {each: number for number, each in enumerate(sets)}
        audiences = []
        for entry in entries:
            if entry.audiences not in known:
                known[entry.audiences] = len(sets)
                sets.append(entry.audiences)
            audiences.append(known[entry.audiences])
        documents = np.array([entry.document for entry in entries], np.int64)
        passages = np.array([p for entry in entries for p in entry.passages], np.int64)
        places = np.repeat(slots, [len(entry.passages) for entry in entries])
        return replace(
            self,
            keys=(*self.keys, *(entry.key for entry in entries)),
            documents=_joined(self.documents, documents),
            languages=_joined(self.languages, [entry.language for entry in entries]),
            alive=_joined(self.alive, [True] * len(entries)),
            works=_joined(self.works, works),
            wholes=_joined(self.wholes, wholes),
            days=_joined(self.days, [entry.day for entry in entries]),
            weights=_joined(self.weights, [entry.weight for entry in entries]),
            titles=_joined(self.titles, [title_number(entry.title) for entry in entries]),
            audiences=_joined(self.audiences, audiences),
            audience_sets=tuple(sets),
            work_numbers=numbers,
            facets=_with_labels(self.facets, slots, entries),
            passage_ids=_joined(self.passage_ids, passages),
            passage_slots=_joined(self.passage_slots, places),
            firsts=_joined(self.firsts, [next(iter(e.passages), 0) for e in entries]),
            slot_by_document=_pointed(self.slot_by_document, documents, slots),
            slot_by_passage=_pointed(self.slot_by_passage, passages, places),
        )

    def _without_dead(self) -> "Catalogue":
        kept = np.flatnonzero(self.alive)
        moved = np.full(len(self.alive), -1, np.int32)
        moved[kept] = np.arange(len(kept), dtype=np.int32)
        inside = self.alive[self.passage_slots]
        facets = {}
        for facet, pairs in self.facets.items():
            held = self.alive[pairs.slots]
            facets[facet] = _Pairs(moved[pairs.slots[held]], pairs.codes[held], pairs.names)
        return replace(
            self,
            keys=tuple(self.keys[slot] for slot in kept),
            documents=self.documents[kept],
            languages=self.languages[kept],
            alive=self.alive[kept],
            works=self.works[kept],
            wholes=self.wholes[kept],
            days=self.days[kept],
            weights=self.weights[kept],
            titles=self.titles[kept],
            audiences=self.audiences[kept],
            facets=facets,
            passage_ids=self.passage_ids[inside],
            passage_slots=moved[self.passage_slots[inside]],
            firsts=self.firsts[kept],
            slot_by_document=_moved(self.slot_by_document, moved),
            slot_by_passage=_moved(self.slot_by_passage, moved),
        )


class Selection:
    """The documents and passages that one search may find: an `Allowed` of the stores."""

    def __init__(self, catalogue: Catalogue, mask: Mask) -> None:
        self.mask = mask
        # Not the catalogue itself, which holds this: both would outlive their time together.
        self._documents = catalogue.documents
        self._passages = catalogue.passage_ids
        self._places = catalogue.passage_slots

    @cached_property
    def _size(self) -> int:
        return int(np.count_nonzero(self.mask[self._places]))

    @cached_property
    def _bits(self) -> bytes:
        ids = self._documents[self.mask]
        bits = np.zeros(int(ids.max(initial=-1)) + 1, np.bool_)
        bits[ids] = True
        return np.packbits(bits, bitorder="little").tobytes()

    @property
    def total(self) -> int:
        """Return how many passages there are, allowed or not."""
        return len(self._passages)

    def __len__(self) -> int:
        """Return the number of allowed passages."""
        return self._size

    def passages(self) -> Ids:
        """Return the ids of the passages."""
        return self._passages[self.mask[self._places]]

    def documents(self) -> bytes:
        """Return one bit a document id, the lowest bit of a byte first; missing ones mean no."""
        return self._bits


def title_number(title: str) -> int:
    """Return a 63-bit number that titles share when their words are the same."""
    digest = hashlib.blake2b(" ".join(words(title)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _joined(array: NDArray[T], more: object) -> NDArray[T]:
    return np.concatenate([array, np.asarray(more, array.dtype)])


def _look_up(table: Slots, ids: Ids) -> Slots:
    return table[ids[ids < len(table)]]


def _pointed(table: Slots, ids: Ids, slots: Slots) -> Slots:
    """Return the table (index: id) with these ids pointing at these slots."""
    size = max(len(table), int(ids.max(initial=-1)) + 1)
    fresh = np.full(size, -1, np.int32)
    fresh[: len(table)] = table
    fresh[ids] = slots
    return fresh


def _moved(table: Slots, moved: Slots) -> Slots:
    fresh = np.full(len(table), -1, np.int32)
    fresh[table >= 0] = moved[table[table >= 0]]
    return fresh


def _with_labels(
    facets: Mapping[str, _Pairs], slots: Slots, entries: Sequence[Entry]
) -> dict[str, _Pairs]:
    rows: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for slot, entry in zip(slots, entries, strict=True):
        for facet, code in entry.labels:
            if facet in FACETS:
                rows[facet].append((int(slot), code))
    after = dict(facets)
    for facet, pairs in rows.items():
        before = facets.get(facet, _Pairs())
        names = {name: number for number, name in enumerate(before.names)}
        codes = [names.setdefault(code, len(names)) for _, code in pairs]
        after[facet] = _Pairs(
            _joined(before.slots, [slot for slot, _ in pairs]),
            _joined(before.codes, codes),
            tuple(names),
        )
    return after
