"""Arabic words in English, by the dictionaries of FreeDict and a list of the commonest words.

FreeDict's English-Arabic list has one translation for each of 87,000 English words, the other is
its mirror: read from the Arabic side, a word has many senses in no order. They are ordered by how
common the English word is, and by how many entries agree.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from search.bridges import arabic, freedict
from search.bridges.commonness import commonness
from search.language import fold, is_arabic, is_stopword, stem, words

log = logging.getLogger(__name__)
FORWARD, BACKWARD = "freedict-ara-eng.index", "freedict-eng-ara.index"
_CORE = Path(__file__).parent / "data" / "arabic_core.txt"
_GRAMMAR_FROM = "---"
# A reading in doubt counts only while nothing common was found by a plainer one.
TRUST = (1.0, 0.6, 0.3, 0.15)
BY_STEM = 0.1
COMMON = 0.2  # in the list of common words, or two of the commonest
AGREEMENT = 0.6  # exponent
LONGEST_PHRASE = 4
MOST_SENSES = 8
MOST_KEPT = 20_000


@dataclass(frozen=True)
class Gloss:
    """A word (or a phrase of the dictionary) and its senses, likeliest first, () if unknown."""

    word: str
    senses: tuple[str, ...]
    grammar: bool = False  # gives a sentence its shape; never searched
    sure: bool = True  # False: the word was taken apart so far that it may be a name


class Core(NamedTuple):
    """The commonest words with their senses, and words of grammar."""

    meanings: Mapping[str, tuple[str, ...]]
    grammar: Mapping[str, tuple[str, ...]]


class Glossary:
    """Senses of Arabic words; safe to use from several threads once made."""

    def __init__(self, files: Sequence[Path]) -> None:
        """Read the dictionaries; `DictionaryError` if one is damaged."""
        self._senses: dict[str, dict[str, float]] = defaultdict(dict)
        for path in files:
            for head, translations in freedict.entries(path):
                for other in translations:
                    known, english = (other, head) if path.name == BACKWARD else (head, other)
                    self._add(known, english.lower())
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        for key in self._senses:
            if " " not in key:
                self._by_stem[stem(key, "ar")].append(key)
        self._kept: dict[str, Gloss] = {}

    def _add(self, known: str, english: str) -> None:
        key = arabic.without_articles(words(known))
        if key:
            self._senses[key][english] = self._senses[key].get(english, 0.0) + 1

    def glosses(self, text: str) -> Iterator[Gloss]:
        """Yield the words of a text in order; words in other letters stand for themselves."""
        found = words(text)
        place = 0
        while place < len(found):
            word = found[place]
            if not is_arabic(word):
                yield Gloss(word, (word,))
            elif grammar := _grammar(word):
                yield Gloss(word, core().grammar.get(grammar, ()), grammar=True)
            elif phrase := self._phrase(found[place : place + LONGEST_PHRASE]):
                yield phrase
                place += len(phrase.word.split()) - 1
            else:
                yield self._gloss(word)
            place += 1

    def _gloss(self, word: str) -> Gloss:
        if word not in self._kept:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            self._kept[word] = self._looked_up(word)
        return self._kept[word]

    def _looked_up(self, word: str) -> Gloss:
        steps = arabic.readings(word)
        meanings = core().meanings
        first = next((meanings[f] for step in steps[:2] for f in step if f in meanings), ())
        listed, depth = self._listed(steps)
        if not first and not any(commonness(each) >= COMMON for each in listed):
            first = next((meanings[form] for form in steps[2] if form in meanings), ())
        known = {stem(fold(sense), "en") for sense in first}
        more = (each for each in listed if stem(fold(each), "en") not in known)
        return Gloss(word, (*first, *more)[:MOST_SENSES], sure=bool(first) or depth < 2)

    def _listed(self, steps: Sequence[Sequence[str]]) -> tuple[list[str], int]:
        """Return the senses in the dictionaries, and the step that the first of them is from."""
        found: dict[str, float] = {}
        depth = len(steps)
        for place, (trust, step) in enumerate(zip(TRUST, steps, strict=True)):
            for form in step:
                for english, count in self._senses.get(form, {}).items():
                    found[english] = max(found.get(english, 0.0), count * trust)
            if found:
                depth = min(depth, place)
            if any(commonness(each) >= COMMON for each in found if _says_something(each)):
                return _ordered(found), depth
        for form in steps[0]:
            for key in self._by_stem.get(stem(form, "ar"), ()):
                for english, count in self._senses[key].items():
                    found.setdefault(english, count * BY_STEM)
        return _ordered(found), depth

    def _phrase(self, following: Sequence[str]) -> Gloss | None:
        for length in range(len(following), 1, -1):
            rest = arabic.without_articles(following[1:length])
            for form in arabic.readings(following[0])[0]:
                senses = _ordered(self._senses.get(f"{form} {rest}", {}))
                if senses and commonness(senses[0]) >= COMMON:
                    return Gloss(" ".join(following[:length]), tuple(senses[:MOST_SENSES]))
        return None


def _grammar(word: str) -> str:
    """Return the word of grammar that a word is, "and" and article aside; "" if it is none."""
    bare = arabic.without_and(word)
    for form in (word, bare, arabic.without_article(bare)):
        if form in core().meanings:
            return ""
        if form in core().grammar or is_stopword(form, "ar"):
            return form
    return ""


def _says_something(english: str) -> bool:
    return any(not is_stopword(word, "en") for word in words(english))


def _ordered(found: Mapping[str, float]) -> list[str]:
    """Return one English form of each stem, the likeliest first."""
    best: dict[str, tuple[float, float, str]] = {}
    for english, count in found.items():
        if _says_something(english):
            told = (word for word in words(english) if not is_stopword(word, "en"))
            key = " ".join(stem(word, "en") for word in told)
            total, common, form = best.get(key, (0.0, -1.0, ""))
            usual = commonness(english)
            best[key] = (total + count, *max((common, form), (usual, english)))
    ranked = sorted(best.values(), key=lambda each: (-each[1] * each[0] ** AGREEMENT, each[2]))
    return [form for _total, _common, form in ranked]


@cache
def _core_text() -> str:
    return _CORE.read_text("utf-8")


@cache
def core() -> Core:
    """Return the commonest words."""
    parts: list[dict[str, tuple[str, ...]]] = [{}, {}]
    part = 0
    for line in _core_text().splitlines():
        if line == _GRAMMAR_FROM:
            part = 1
        elif line and not line.startswith("#"):
            for item in line.split("|"):
                word, _is, senses = item.partition("=")
                listed = tuple(filter(None, senses.split(",")))
                parts[part].setdefault(fold(word), listed)
    return Core(*parts)


_lock = threading.Lock()
_glossaries: dict[tuple[Path, ...], Glossary | str] = {}


def files(folder: Path) -> tuple[Path, ...]:
    """Return the dictionaries that are installed in a folder."""
    try:
        return tuple(path for name in (FORWARD, BACKWARD) if (path := folder / name).is_file())
    except OSError as error:  # a folder that may not be looked into
        log.info("Arabic is searched without a dictionary: %s", error)
        return ()


def opened(folder: Path) -> Glossary:
    """Return the glossary of what is installed; `DictionaryError` if nothing is, or damaged."""
    present = files(folder)
    if not present:
        raise freedict.DictionaryError(f"No dictionary of Arabic and English is in {folder}.")
    with _lock:
        if present not in _glossaries:
            try:
                _glossaries[present] = Glossary(present)
            except freedict.DictionaryError as error:
                _glossaries[present] = str(error)
                log.error("Arabic is searched without a dictionary: %s", error)
        found = _glossaries[present]
    if isinstance(found, str):
        raise freedict.DictionaryError(found)
    return found


def fingerprint(folder: Path) -> str:
    """Return what tells these dictionaries and this list from others, "" without any."""
    present = files(folder)
    if not present:
        return ""
    sizes = [(path.name, path.stat().st_size) for path in present]
    return sha256(f"{sizes}{_core_text()}".encode()).hexdigest()[:12]


def forget() -> None:
    """Forget what was read; the next question reads it again."""
    with _lock:
        _glossaries.clear()
