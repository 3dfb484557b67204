"""The word of the index that a misspelt word is nearest to."""

import math
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Protocol

# Shorter words have too many neighbours that mean something else.
SHORTEST = 5
LONG = 10


class Terms(Protocol):
    """What knows the words of an index."""

    def terms_with_prefix(self, field_name: str, prefix: str) -> list[tuple[str, int]]:
        """Return (word, number of passages) of the words that begin so."""


def nearest(indexes: Sequence[Terms], word: str) -> str:
    """Return the closest indexed stem with the same first letter, the commonest of equals.

    One edit is allowed, two from ten letters on; "" when nothing is that near.
    """
    if len(word) < SHORTEST or word.isdigit():
        return ""
    begun = (index.terms_with_prefix("body", word[0]) for index in indexes)
    return _closest(word, chain.from_iterable(begun))


def _closest(word: str, candidates: Iterable[tuple[str, int]]) -> str:
    most = 2 if len(word) >= LONG else 1
    # Nothing farther than `most` edits counts, however common it is.
    best, found = (most + 1, -math.inf), ""
    letters = set(word)
    for candidate, frequency in candidates:
        # Indexed words are stems: they may lack the ending that the typed word has.
        if len(candidate) < SHORTEST - 1 or abs(len(word) - len(candidate)) > most:
            continue
        if len(letters.symmetric_difference(candidate)) > 2 * most:
            continue  # cheaper than counting edits, which could not be fewer
        rank = (edits(word, candidate, most), -frequency)
        if rank < best:
            best, found = rank, candidate
    return found


def edits(one: str, other: str, most: int) -> int:
    """Return how many insertions, deletions, changes or swaps lie between (most + 1: more)."""
    last: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = last, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
