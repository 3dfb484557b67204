"""Words in order, so that those with a beginning stand side by side."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from search.spelling import edits

Numbers = NDArray[np.int32]
AFTER_ALL = "\U0010ffff"
# Shorter input has too many neighbours that mean something else.
SHORTEST_MISSPELT = 5


@dataclass(frozen=True)
class Prefixes:
    """Sorted words, each with the number of the thing that it names and its place in the name."""

    words: tuple[str, ...] = ()
    things: Numbers = field(default_factory=lambda: np.empty(0, np.int32))
    first: NDArray[np.bool_] = field(
        default_factory=lambda: np.empty(0, np.bool_)
    )  # name begins so

    @classmethod
    def of(cls, named: Iterable[tuple[int, Sequence[str]]]) -> "Prefixes":
        """Return the words of these (thing, folded words of a name)."""
        rows = sorted(
            (word, thing, place == 0)
            for thing, words in named
            for place, word in enumerate(dict.fromkeys(words))
        )
        return cls(
            tuple(word for word, _thing, _first in rows),
            np.array([thing for _word, thing, _first in rows], np.int32),
            np.array([first for _word, _thing, first in rows], np.bool_),
        )

    def beginning(self, prefix: str) -> slice:
        """Return where the words with this beginning stand."""
        return slice(bisect_left(self.words, prefix), bisect_right(self.words, prefix + AFTER_ALL))

    def nearly(self, word: str) -> list[slice]:
        """Return where the words stand that begin like this one but for one slip."""
        if len(word) < SHORTEST_MISSPELT or any(map(str.isdigit, word)):
            return []
        found, place = [], self.beginning(word[0])
        at = place.start
        while at < place.stop:
            here, after = self.words[at], bisect_right(self.words, self.words[at], at, place.stop)
            if _begins_nearly(here, word):
                found.append(slice(at, after))
            at = after
        return found


def _begins_nearly(candidate: str, word: str) -> bool:
    size = len(word)
    if len(candidate) < size - 1:
        return False
    if len(set(word) - set(candidate[: size + 1])) > 1:
        return False  # cheaper than counting edits, which could not be fewer
    return any(edits(word, candidate[:end], 1) <= 1 for end in (size, size - 1, size + 1))
