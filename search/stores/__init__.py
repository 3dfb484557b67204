"""What holds vectors and words for a process; filled from the rows, filtered before scoring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.filters import Filters

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
Vectors = NDArray[np.float32]


class Allowed(Protocol):
    """What one search may find, decided before anything is scored.

    The same object always means the same set, so that a store may remember what it made of it.
    """

    @property
    def total(self) -> int:
        """Return how many passages there are, allowed or not."""

    def __len__(self) -> int:
        """Return the number of allowed passages."""

    def passages(self) -> Ids:
        """Return the ids of the passages."""

    def documents(self) -> bytes:
        """Return one bit a document id, the lowest bit of a byte first; missing ones mean no."""


class VectorStore(Protocol):
    """Vectors of passages by passage id, held in half precision."""

    def put(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace vectors, shapes (n,) and (n, dimensions); `ValueError` for NaN."""

    def remove(self, ids: Ids) -> None:
        """Forget these passages; unknown ids are ignored."""

    def search(
        self, vectors: Vectors, allowed: Allowed, limit: int, floor: float
    ) -> list[tuple[Ids, Scores]]:
        """Return for each of the vectors, shape (n, dimensions), what is nearest to it.

        At most `limit` of the allowed passages whose cosine reaches the floor, best first, of
        equals the lower id first.
        """

    def scores(self, vectors: Vectors, ids: Ids) -> Scores:
        """Return the cosines, shape (len(vectors), len(ids)), NaN for ids without a vector."""

    def __len__(self) -> int:
        """Return the number of vectors."""


@dataclass(frozen=True)
class WordPassage:
    """One passage as the word store takes it."""

    passage: int
    heading: str
    text: str
    shadow: str = ""  # English words for a text in another language
    english: str = ""  # as `search.bridges.shadows.English.stored` gives it


@dataclass(frozen=True)
class WordDocument:
    """One live document as the word store takes it."""

    document: int
    title: str
    language: str
    audiences: frozenset[str]
    labels: frozenset[tuple[str, str]]  # (facet, code)
    passages: tuple[WordPassage, ...]


@dataclass(frozen=True)
class Term:
    """One word of a question with its stems; `weight` below 1 for words that were added."""

    stems: tuple[str, ...]
    weight: float = 1.0
    prefix: bool = False  # may be the beginning of a word
    word: str = ""  # as it was typed, in lower case
    corrected: str = ""  # the indexed word that stands for one that nobody uses
    kept: bool = False  # no indexed word may stand for it: quoted, common, or in a sentence
    name: str = ""  # of the vocabulary, that stands for it if nobody uses it


@dataclass(frozen=True)
class WordScores:
    """Passages that share words with a question.

    `share` is BM25 over the question's own idf, for ranking; `coverage` (0 to 1) is how much of
    the question's idf a passage has at all, for telling whether it answers.
    """

    passages: Ids
    share: Scores
    coverage: Scores


class WordStore(Protocol):
    """Words of passages."""

    def put(self, documents: Iterable[WordDocument]) -> None:
        """Add documents, each in place of what was there under its id."""

    def remove(self, documents: Iterable[int]) -> None:
        """Forget these documents; unknown ids are ignored."""

    def change(self, gone: Iterable[int], documents: Iterable[WordDocument]) -> None:
        """Remove and add in one step for each set of audiences."""

    def search(
        self, terms: Sequence[Term], audiences: frozenset[str], filters: Filters, limit: int
    ) -> WordScores:
        """Return passages of documents these audiences may see, with any of the terms."""

    def corrected(self, terms: Sequence[Term], audiences: frozenset[str]) -> tuple[Term, ...]:
        """Return the terms, unknown words replaced by what these audiences' texts do hold."""

    def phrase(
        self,
        phrases: Sequence[Sequence[tuple[str, ...]]],
        audiences: frozenset[str],
        filters: Filters,
        limit: int,
        fields: Sequence[str] = ("title", "body"),
    ) -> Ids:
        """Return passages that contain one of the phrases (words as tuples of stems) in order."""

    def named(self, skeletons: Sequence[str], audiences: frozenset[str]) -> list[str]:
        """Return the words with one of these skeletons in these audiences' texts, commonest first.

        See `search.bridges.names`.
        """
