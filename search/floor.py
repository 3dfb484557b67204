"""Whether anything fits a question at all, and what is then worth listing.

The first is asked of all that the reader may find, whatever the filters: they choose among the
answers of a question, they do not make it another one. Measured in docs/decisions/0008.
"""

import numpy as np
from numpy.typing import NDArray

from search.gathering import Passages
from search.language import words
from search.question import Question

# The nearest passage's cosine and, for so much of it, the share of the question's words (by their
# rarity) that some passage has: together they must reach ENOUGH.
COVERAGE_WEIGHT = 0.25
ENOUGH = 0.46
# Where something fits, a passage is listed from here on (with its own coverage, by LISTED_WEIGHT).
LISTED, LISTED_WEIGHT = 0.35, 0.3
# A few typed words that all stand in one passage are an answer, whatever the cosine.
EVERY_WORD = 0.99
# Where there is no vector (yet), words alone must tell.
ENOUGH_WORDS = 0.6
# Without an encoder most of a question's words are worth showing, with a notice.
ENOUGH_WORDS_ALONE, LISTED_ALONE = 0.5, 0.25

Flags = NDArray[np.bool_]


def fits(found: Passages, question: Question, words_alone: bool) -> bool:
    """Return whether any of these passages answers the question."""
    if not len(found.ids):
        return False
    unknown = np.isnan(found.evidence)
    needed = ENOUGH_WORDS_ALONE if words_alone else ENOUGH_WORDS
    nearest = float(np.where(unknown, -1, found.evidence).max())
    return bool(
        nearest + COVERAGE_WEIGHT * found.coverage.max() >= ENOUGH
        or _whole(found, question).any()
        or (found.coverage[unknown] >= needed).any()
    )


def listed(found: Passages, question: Question, words_alone: bool) -> Flags:
    """Return which passages are worth showing, of a question that something fits."""
    if words_alone:
        return found.coverage >= LISTED_ALONE
    unknown = np.isnan(found.evidence)
    told = found.evidence + LISTED_WEIGHT * found.coverage
    near = np.where(unknown, found.coverage >= ENOUGH_WORDS, told >= LISTED)
    return near | _whole(found, question)


def _whole(found: Passages, question: Question) -> Flags:
    """Return which passages have every word of a bare question."""
    return (found.coverage >= EVERY_WORD) & _is_bare(question)


def _is_bare(question: Question) -> bool:
    """Return whether it is a few words, as typed into a search box, rather than a sentence."""
    return 2 * len(question.terms) >= len(words(question.text))
