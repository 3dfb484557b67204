"""The word of the index that a misspelt word is nearest to."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Protocol

# Shorter words have too many neighbours that mean something else.
SHORTEST = 5
LONG = 10


class Terms(Protocol):
    """What knows the words of an index."""

    def terms_with_prefix(self, name: str, prefix: str) -> list[tuple[str, int]]:
        """Return (word, number of passages) of the words that begin so, perhaps of lost ones."""

    def live(self, name: str, term: str) -> int:
        """Return how many passages have a word at this moment."""


def nearest(indexes: Sequence[Terms], word: str) -> str:
    """Return the closest indexed stem with the same first letter, the commonest of equals.

    One edit is allowed, two from ten letters on; "" when nothing is that near.
    """
    if len(word) < SHORTEST or word.isdigit():
        return ""
    begun = chain.from_iterable(index.terms_with_prefix("body", word[0]) for index in indexes)
    near = _near(word, begun)
    return next((each for each in near if any(i.live("body", each) for i in indexes)), "")


def _near(word: str, candidates: Iterable[tuple[str, int]]) -> list[str]:
    """Return what is near enough, the closest first."""
    most = 2 if len(word) >= LONG else 1
    found: dict[str, tuple[int, int]] = {}
    letters = set(word)
    for candidate, frequency in candidates:
        # Indexed words are stems: they may lack the ending that the typed word has.
        if len(candidate) < SHORTEST - 1 or abs(len(word) - len(candidate)) > most:
            continue
        if len(letters.symmetric_difference(candidate)) > 2 * most:
            continue  # cheaper than counting edits, which could not be fewer
        distance = edits(word, candidate, most)
        if distance <= most:
            _edits, before = found.get(candidate, (0, 0))
            found[candidate] = (distance, before - frequency)
    return sorted(found, key=lambda each: (found[each], each))


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
