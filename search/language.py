"""Words and their stems in the languages of the site.

Everything is folded (case, accents, Arabic letter forms) before it is stemmed, on both sides, so
that a reader without the right keyboard finds the same.
"""

import re
import unicodedata
from functools import cache, lru_cache

import tantivy

from search.stopwords import STOPWORDS

STEMMERS = {"en": "english", "es": "spanish", "fr": "french", "ar": "arabic"}
LANGUAGES = tuple(STEMMERS)
_WORD = re.compile(r"[^\W_]+")
# Letters that only one of the languages uses.
_LETTERS = {
    "en": re.compile(r"(?!)"),
    "es": re.compile("[ñ¿¡áíóú]", re.IGNORECASE),
    "fr": re.compile("[çèêàùâîôûœëï]", re.IGNORECASE),
}
_ARABIC = re.compile(r"[\u0600-\u06ff]")
# To bare alef: with hamza above and below, madda, wasla. Ya without dots, ta marbuta and the
# carriers of hamza to what people type for them; Persian kaf and ya to the Arabic ones;
# Arabic-Indic and Persian digits to 0-9; tatweel goes.
_ARABIC_FORMS = str.maketrans(
    "\u0623\u0625\u0622\u0671\u0649\u0629\u0624\u0626\u06a9\u06cc"
    "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"
    "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9",
    "\u0627\u0627\u0627\u0627\u064a\u0647\u0648\u064a\u0643\u064a01234567890123456789",
    "\u0640",
)


def fold(text: str) -> str:
    """Return the text in lower case without accents, Arabic vowel signs and letter variants."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain).translate(_ARABIC_FORMS)


def is_arabic(word: str) -> bool:
    """Return whether a word is written in Arabic letters."""
    return _ARABIC.match(word) is not None


def words(text: str) -> list[str]:
    """Return the folded words of a text in order."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return the stem of one folded word; languages without a stemmer keep the word."""
    if _ARABIC.match(word):
        language = "ar"
    if language not in STEMMERS or word.isdigit():
        return word
    stems = _stemmer(language).analyze(word)
    return stems[0] if stems else word


def stems(text: str, language: str) -> list[str]:
    """Return the stems of a text's words in order."""
    return [stem(word, language) for word in words(text)]


@lru_cache(maxsize=20_000)
def stems_in_all(word: str) -> tuple[str, ...]:
    """Return the stems that documents of any language may hold for this folded word."""
    if _ARABIC.match(word):
        return (stem(word, "ar"),)
    return tuple(dict.fromkeys([*(stem(word, language) for language in LANGUAGES), word]))


def is_stopword(word: str, language: str) -> bool:
    """Return whether a folded word carries no meaning of its own in this language."""
    return word in STOPWORDS.get(language, ()) or (len(word) == 1 and "a" <= word <= "z")


def detect(text: str, otherwise: str) -> str:
    """Return the language that most small words, the letters or the script speak for."""
    if _ARABIC.search(text):
        return "ar"
    votes = {code: len(letters.findall(text)) for code, letters in _LETTERS.items()}
    for word in words(text):
        for code in votes:
            votes[code] += word in STOPWORDS[code]
    best = max(votes.values())
    leading = [code for code, count in votes.items() if count == best]
    return otherwise if best == 0 or otherwise in leading else leading[0]


@cache
def _stemmer(language: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return builder.filter(tantivy.Filter.stemmer(STEMMERS[language])).build()
