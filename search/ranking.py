"""One hit a work: translations of one text are one answer, and so are a whole and its parts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.catalogue import Catalogue, Mask
from search.scoring import Scored
from search.stores import Ids


@dataclass(frozen=True)
class Ranked:
    """The works that answer, best first: the document to show, its score and its passage."""

    slots: NDArray[np.int32]
    scores: NDArray[np.float64]
    passages: Ids  # 0: none, the summary is shown

    def __len__(self) -> int:
        """Return the number of works."""
        return len(self.slots)


def one_a_work(
    catalogue: Catalogue,
    scored: Scored,
    scores: NDArray[np.float64],
    allowed: Mask,
    language: str,
    wholes: Mask | None = None,
) -> Ranked:
    """Return one row a work; ties go to the newer document, then to the later made.

    A translation into the reader's language stands for its work even if only the original
    matched; it is then shown with its beginning. `wholes`: the documents that their parts answer
    for, whether they were found themselves or not; all that is allowed, unless it is said.
    """
    found = np.zeros(int(catalogue.works.max(initial=0)) + 1, np.bool_)
    found[catalogue.works[scored.slots]] = True
    own = allowed & (catalogue.languages == language) & found[catalogue.works]
    own[scored.slots] = False
    more = np.flatnonzero(own).astype(np.int32)
    slots = np.concatenate([scored.slots, more])
    passages = np.concatenate([scored.passages, catalogue.first_passages(more)])
    scores = np.concatenate([scores, np.zeros(len(more))])
    works = catalogue.answers(allowed if wholes is None else wholes)[slots]
    foreign = catalogue.languages[slots] != language
    # A whole stands for itself before its parts do, in whatever order they were read.
    parts, numbers = catalogue.wholes[slots] >= 0, catalogue.documents[slots]
    order = np.lexsort((numbers, parts, -scores, foreign, works))
    _works, first = np.unique(works[order], return_index=True)
    best = np.maximum.reduceat(scores[order], first) if len(first) else scores[:0]
    shown = order[first]
    days = catalogue.days[slots[shown]]
    numbers = catalogue.documents[slots[shown]]
    final = np.lexsort((-numbers, -days, -np.round(best, 6)))
    return Ranked(slots[shown][final], best[final], passages[shown][final])


def newest_first(catalogue: Catalogue, ranked: Ranked) -> Ranked:
    """Return the same works by date; those of one day, and those without any, by relevance."""
    order = np.argsort(-catalogue.days[ranked.slots], kind="stable")
    return Ranked(ranked.slots[order], ranked.scores[order], ranked.passages[order])


def last_added_first(catalogue: Catalogue, ranked: Ranked) -> Ranked:
    """Return the same works, the one that was first indexed last before all others."""
    order = np.argsort(-catalogue.documents[ranked.slots])
    return Ranked(ranked.slots[order], ranked.scores[order], ranked.passages[order])
