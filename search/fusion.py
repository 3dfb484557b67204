"""Words and meaning as one score. Measured and explained in docs/decisions/0008.

Of convex combinations with scores scaled from their theoretical minimum (Bruch, Gai and Ingber
2023, https://doi.org/10.1145/3596512) this is the one with -1 for cosines and 0 for BM25, and
MEANING_WEIGHT for the cosines, then stretched so that a passage of cosine 0 without any word has 0.
Stretched so, it says: the nearer the nearest passage is, the more meaning counts.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from search.floor import Flags
from search.gathering import Passages
from search.stores import Ids, Scores

MEANING_WEIGHT = 0.8
# What a passage counts for that has no vector yet.
UNKNOWN_COSINE = 0.4


@dataclass(frozen=True)
class Scored:
    """The documents that answer: slots, and for each its score and its best passage."""

    slots: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    scores: Scores = field(default_factory=lambda: np.empty(0, np.float32))
    passages: Ids = field(default_factory=lambda: np.empty(0, np.int64))
    fitting: bool = True  # False: nothing fits the question, except for its very words
    exactly: bool = True  # False: a phrase was quoted, and no text has it


def parts(found: Passages, words_alone: bool) -> tuple[Scores, Scores]:
    """Return what meaning and what words bring to the score of each passage, together 0 to 1."""
    share = found.share / (found.share.max(initial=0) or 1)
    if words_alone:
        return np.zeros_like(share), share
    cosine = np.where(np.isnan(found.cosine), UNKNOWN_COSINE, np.maximum(found.cosine, 0))
    top = float(cosine.max(initial=0))
    meaning = MEANING_WEIGHT / (top + 1 - MEANING_WEIGHT) * cosine
    words = (1 - MEANING_WEIGHT) * (top + 1) / (top + 1 - MEANING_WEIGHT) * share
    return meaning.astype(np.float32), words.astype(np.float32)


def fused(found: Passages, answers: Flags, words_alone: bool) -> Scored:
    """Return the documents that answer, each with its best passage, scores from 0 to 1."""
    if not answers.any():
        return Scored()
    meaning, words = parts(found, words_alone)
    both = meaning + words
    # Meaning and words may be best in different passages of a document; each counts for it.
    slots, place = np.unique(found.slots, return_inverse=True)
    best_meaning, best_words = np.zeros(len(slots)), np.zeros(len(slots))
    np.maximum.at(best_meaning, place, meaning)
    np.maximum.at(best_words, place, words)
    best = np.lexsort((found.ids, -both, place))
    first = best[np.unique(place[best], return_index=True)[1]]
    good = np.zeros(len(slots), np.bool_)
    np.logical_or.at(good, place, answers)
    scores = (best_meaning + best_words).astype(np.float32)
    return Scored(slots[good].astype(np.int32), scores[good], found.ids[first][good])
