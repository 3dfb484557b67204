"""The word of the index that a misspelt word is nearest to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Protocol

from search import layers
from search.language import fold, is_arabic
from vocabulary.recognise import names_of_one_word

# Shorter words have too many neighbours that mean something else.
SHORTEST = 5
LONG = 10
LONG_NAME = 8
SHORTEST_LATIN = 6  # of names: Paris is not "partis"
_ARTICLE = "\u0627\u0644"  # al-


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


def name_nearest(word: str, language: str) -> str:
    """Return the one name of the vocabulary that a folded word is a misspelling of, or "".

    Words of names in the question's language count, of countries in any. One edit is allowed,
    two from eight letters on; the first letter must be the same.
    """
    plain = _bare(word)
    shortest = SHORTEST if is_arabic(word) else SHORTEST_LATIN
    if len(plain) < shortest or any(map(str.isdigit, plain)) or not layers.on("vocabulary"):
        return ""
    # What has the article is a noun, and a short one may still be meant.
    fewest = SHORTEST if plain == word else SHORTEST - 1
    most = 2 if len(plain) >= LONG_NAME else 1
    letters = set(plain)
    best, found = most + 1, ""
    for name, other in _by_letter(names_of_one_word(language)).get(plain[0], ()):
        if len(other) < fewest or abs(len(other) - len(plain)) > most:
            continue
        if len(letters.symmetric_difference(other)) > 2 * most:
            continue
        distance = edits(plain, other, most)
        if distance < best:
            best, found = distance, name
    return found if found != word else ""


@lru_cache(maxsize=16)
def _by_letter(names: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    """Return the folded names, each also without its article, by the first letter of the latter."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in dict.fromkeys(map(fold, names)):
        if bare := _bare(name):
            found[bare[0]].append((name, bare))
    return dict(found)


def _bare(word: str) -> str:
    """Return a word without the Arabic article."""
    return word.removeprefix(_ARTICLE) if is_arabic(word) else word


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
