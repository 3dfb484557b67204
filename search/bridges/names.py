"""What a name keeps in any script: its consonants, in classes that Arabic letters can tell apart.

Vowels come and go between scripts, and with them w, y and an h inside: "Kansas" is "knss" in
both. Used for words that no dictionary knows: an index holds its names under their skeletons, and
a question asks what stands there.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from search.bridges import arabic
from search.language import fold, is_arabic, is_stopword

FEWEST = 3
KEY_SIGN = "="
# Ways to read an Arabic word that are tried: with and without what may be written in front.
MOST_READINGS = 4
_PAIRS = (
    *(("sch", "s"), ("tsch", "ts"), ("ph", "f"), ("kh", "x"), ("gh", "g"), ("sh", "s")),
    *(("th", "t"), ("ck", "k"), ("qu", "k"), ("dj", "g"), ("dg", "g"), ("x", "ks")),
)
_CH = ("k", "ts", "s", "x")  # as in Christ, Chester, Charlotte, Bach
_SOFT_C = re.compile("c(?=[eiy])")
_LATIN = str.maketrans("cqvpzj", "kkfbsg", "aeiouwy")
_ARABIC = {
    **dict.fromkeys("\u0628\u067e", "b"),
    **dict.fromkeys("\u062a\u0637\u062b", "t"),
    **dict.fromkeys("\u062f\u0636\u0630", "d"),
    **dict.fromkeys("\u062c\u063a\u06af", "g"),
    **dict.fromkeys("\u0643\u0642", "k"),
    **dict.fromkeys("\u0633\u0635\u0632\u0634\u0638", "s"),
    **dict.fromkeys("\u0641\u06a4", "f"),
    **dict(zip("\u062e\u0631\u0644\u0645\u0646", "xrlmn", strict=True)),
}
_H = "\u0647\u062d"
_TWICE = re.compile(r"(.)\1+")
_CAPITALISED = re.compile(r"\b[A-Z\u00c0-\u00de][^\W\d_]{2,}")


@lru_cache(maxsize=50_000)
def skeletons(word: str) -> tuple[str, ...]:
    """Return the consonant skeletons of a folded word, none for one of too few consonants."""
    if is_arabic(word):
        forms = islice(dict.fromkeys((*arabic.readings(word)[0], word)), MOST_READINGS)
        found = [_of_arabic(form) for form in forms]
    else:
        found = list(_of_latin(word))
    return tuple(each for each in dict.fromkeys(found) if len(each) >= FEWEST)


@lru_cache(maxsize=50_000)
def keys(word: str) -> tuple[str, ...]:
    """Return what an index holds for a folded word: "skeleton=word", once for each skeleton."""
    return tuple(f"{skeleton}{KEY_SIGN}{word}" for skeleton in skeletons(word))


def keys_in(text: str) -> list[str]:
    """Return the keys of what is written like a name in a text of Latin letters."""
    words = dict.fromkeys(fold(found) for found in _CAPITALISED.findall(text))
    return [key for word in words if not is_stopword(word, "en") for key in keys(word)]


def word_of(key: str) -> str:
    """Return the word that an index holds under a key."""
    return key.partition(KEY_SIGN)[2]


def _of_latin(word: str) -> Iterable[str]:
    if not word.isascii() or not word.isalpha():
        return []
    words = [word.replace("ch", other) for other in _CH] if "ch" in word else [word]
    return [_latin(each) for each in words]


def _latin(word: str) -> str:
    first = "h" if word.startswith("h") else ""
    for pair, one in _PAIRS:
        word = word.replace(pair, one)
    word = _SOFT_C.sub("s", word).replace("h", "").translate(_LATIN)
    return _TWICE.sub(r"\1", first + word)


def _of_arabic(word: str) -> str:
    first = "h" if word[0] in _H else ""
    return _TWICE.sub(r"\1", first + "".join(_ARABIC.get(letter, "") for letter in word))
