"""Words as they are compared: without case, accents, Arabic letter forms and simple plurals."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Letters and digits with the marks that may stand on them; one character class, so no backtracking.
_WORD = re.compile(
    "(?:[^\\W_]|[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed])+"
)
# Forms of one Arabic letter that writers exchange; hamza carriers fall apart by NFKD already.
_LETTERS = str.maketrans(
    {
        "\u0649": "\u064a",  # alef maksura -> ya
        "\u06cc": "\u064a",  # Farsi ya -> ya
        "\u0629": "\u0647",  # ta marbuta -> ha
        "\u06a9": "\u0643",  # Farsi kaf -> kaf
        "\u0671": "\u0627",  # alef wasla -> alef
        "\u0640": None,  # tatweel
        "\u00df": "ss",
        "\u0153": "oe",
        "\u00e6": "ae",
        "\u0131": "i",
    }
)
_ARTICLE = "\u0627\u0644"  # al-
# The article after "and", "with", "like", "so"; and fused with "for" (li + al- = lil-).
_WITH_ARTICLE = tuple(f"{letter}{_ARTICLE}" for letter in "\u0648\u0628\u0643\u0641")
_FOR_THE = "\u0644\u0644"
# Nouns of the field that begin with lam themselves (refugee, asylum, committee, language, vaccine):
# "for the refugees" has one lam to take off, not two.
_BEGIN_WITH_LAM = ("\u0644\u0627\u062c", "\u0644\u062c", "\u0644\u063a", "\u0644\u0642\u0627\u062d")
_PREFIXES = "\u0648\u0628\u0644\u0643\u0641"


def split(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (word as written, start, end) over a text in any script."""
    for match in _WORD.finditer(text):
        yield match.group(), match.start(), match.end()


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word without case, accents and variant letters: "Évaluation" -> "evaluation"."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.lower()).translate(_LETTERS)
    kept = (char for char in plain if not unicodedata.combining(char))
    return "".join(_digit(char) for char in kept)


def _digit(char: str) -> str:
    """Return Arabic-Indic and other digits as 0-9, anything else as it is."""
    return str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what a word and its simple plural have in common, for whatever language it is.

    "encuestas" and "encuesta", "registres" and "registre", "countries" and "country",
    Arabic words with and without article become the same; irregular plurals are labels of their
    own.
    """
    plain = fold(word)
    return _arabic_stem(plain) if plain[:1] >= "\u0600" else _latin_stem(plain)


def _latin_stem(word: str) -> str:
    if len(word) < 5:
        return word
    if word.endswith("ies"):
        return word[:-3] + "i"
    if word.endswith(("aux", "eux")):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("e") and len(word) > 4:
        return word[:-1]
    return word[:-1] + "i" if word.endswith("y") else word


def _arabic_stem(word: str) -> str:
    return _without_ending(without_article(word))


def without_article(word: str) -> str:
    """Return a folded word without the Arabic article and what is written before it."""
    if word.startswith(_FOR_THE) and word[1:].startswith(_BEGIN_WITH_LAM):
        return word[1:]
    for article in (*_WITH_ARTICLE, _ARTICLE, _FOR_THE):
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return word


def _without_ending(word: str) -> str:
    for ending in ("\u0627\u062a", "\u064a\u0646", "\u0648\u0646"):  # -at, -in, -un
        if word.endswith(ending) and len(word) >= 5:
            return word[:-2]
    return word[:-1] if word.endswith("\u0647") and len(word) >= 4 else word


def without_prefixes(word: str) -> Iterator[str]:
    """Yield a folded word without the letters that may be written onto it ("and", "by", "for")."""
    for count in (1, 2):
        if len(word) < count + 4 or word[count - 1] not in _PREFIXES:
            return
        yield without_article(word[count:])
