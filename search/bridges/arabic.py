"""What an Arabic word may be without the letters written onto it.

Everything is in folded letters (`search.language.fold`). A word carries, in this order,
"and"/"so", "with"/"for"/"like"/"will", the article, itself, an ending, a pronoun. Nothing here
knows which reading is right: readings are tried against a dictionary, the plainest first.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

AL = "\u0627\u0644"
_H = "\u0647"  # ta marbuta, folded
_T = "\u062a"
_YA = "\u064a"
_IYYA = "\u064a\u0647"
_AND = "\u0648\u0641"  # wa-, fa-
_WITH = "\u0628\u0643"  # bi-, ka-
_FOR = "\u0644"  # li-
_FUTURE = "\u0633"  # sa-
_PERSONS = "\u064a\u062a\u0646\u0627"  # of a verb: he, she or you, we, I
_PRONOUNS = (
    *("\u0647\u0645\u0627", "\u0643\u0645\u0627", "\u0647\u0627", "\u0647\u0645", "\u0647\u0646"),
    *("\u0643\u0645", "\u0643\u0646", "\u0646\u0627", "\u0646\u064a", "\u0647", "\u0643", "\u064a"),
)
# Endings and what may have stood in their place.
_ENDINGS = (
    ("\u062a\u0627\u0646", (_H,)),
    ("\u062a\u064a\u0646", (_H,)),
    ("\u064a\u0627\u062a", (_IYYA, _YA, "")),
    ("\u064a\u0648\u0646", (_YA,)),
    ("\u064a\u064a\u0646", (_YA,)),
    ("\u0627\u062a", (_H, "")),
    ("\u0648\u0646", ("", _YA)),
    ("\u064a\u0646", ("", _YA)),
    ("\u0627\u0646", ("",)),
    ("\u0648\u0627", ("",)),
    (_IYYA, (_YA, "")),
    ("\u062a\u0627", ("", _H)),
    (_T, ("", _H)),  # "she did"; ta marbuta before a pronoun
    (_H, ("",)),
    ("\u0627", ("", _YA)),  # accusative; long a for alef maqsura
    ("\u0648", ("",)),
    (_YA, ("",)),
)
_UN, _U = "\u0648\u0646", "\u0648\u0627"  # of verbs: they do, they did
FEWEST_LETTERS = 2


@lru_cache(maxsize=20_000)
def readings(word: str) -> tuple[tuple[str, ...], ...]:
    """Return what a folded word may be, in steps of growing doubt, each form once.

    First without letters in front; then without a pronoun, or as a verb of another person; then
    without an ending; then a verb without the letter of its person.
    """
    fronts = list(dict.fromkeys(_fronts(word)))
    adjectives = [each[:-1] for each in fronts if each.endswith(_IYYA) and len(each) > 4]
    bare = [each for front in fronts for each in _without_pronoun(front)]
    verbs = [each for front in (*fronts, *bare) for each in _of_one_person(front)]
    ends = [each for front in (*fronts, *bare) for each in _without_ending(front)]
    stems = [each[1:] for each in (*fronts, *bare, *ends) if each[0] in _PERSONS and len(each) > 3]
    known: set[str] = set()
    steps = []
    for forms in ((*fronts, *adjectives), (*bare, *verbs), ends, stems):
        new = tuple(form for form in dict.fromkeys(forms) if form not in known)
        known.update(new)
        steps.append(new)
    return tuple(steps)


def without_article(word: str) -> str:
    """Return a folded word without the article that stands in front of it."""
    return word[2:] if word.startswith(AL) and len(word) - 2 >= FEWEST_LETTERS else word


def without_articles(words: Iterable[str]) -> str:
    """Return folded words as a dictionary knows them: one space between, no articles."""
    return " ".join(map(without_article, words))


def without_and(word: str) -> str:
    """Return a folded word without "and" or "so" in front."""
    return word[1:] if word[:1] in _AND and len(word) > FEWEST_LETTERS else word


def _fronts(word: str) -> Iterator[str]:
    """Yield a word as it is, then with less and less in front of it."""
    yield without_article(word)
    rest = word
    if rest[0] in _AND and len(rest) > 3:
        rest = rest[1:]
        yield without_article(rest)
    if rest[0] in _WITH and len(rest) > 3:
        yield without_article(rest[1:])
    if rest[0] == _FOR and len(rest) > 3:
        # "For the" loses the alef of the article.
        if rest[1] == _FOR and len(rest) > 4:
            yield rest[2:]
        yield rest[1:]
    if rest[0] == _FUTURE and len(rest) > 4 and rest[1] in _PERSONS:
        yield rest[1:]


def _without_pronoun(word: str) -> Iterator[str]:
    for ending in _PRONOUNS:
        if word.endswith(ending) and len(word) - len(ending) > FEWEST_LETTERS:
            rest = word[: -len(ending)]
            yield rest
            if rest.endswith(_T):
                yield rest[:-1] + _H


def _of_one_person(word: str) -> Iterator[str]:
    """Yield a verb as dictionaries have it: he does, he did."""
    if len(word) > 3 and word[0] in _PERSONS[1:]:
        yield _YA + word[1:]
    if len(word) > 4 and word[0] in _PERSONS and word.endswith(_UN):
        yield _YA + word[1:-2]
    if len(word) > 3 and word.endswith(_U):
        yield word[:-2]
    if len(word) > 3 and word.endswith(_T):
        yield word[:-1]


def _without_ending(word: str) -> Iterator[str]:
    for ending, before in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= FEWEST_LETTERS:
            rest = word[: -len(ending)]
            yield from (rest + each for each in before)
