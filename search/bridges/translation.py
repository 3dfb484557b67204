"""Texts of the site's languages in English by Apertium, where its pairs are installed."""

import atexit
import os
import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from search.bridges.apertium import TranslationError, Translator, commands


@dataclass(frozen=True)
class Route:
    """The modes that lead from a language to English, and the Debian packages that bring them."""

    modes: tuple[str, ...]
    packages: tuple[str, ...]


# The better route first; docs/decisions/0005-four-languages.md has the figures.
ROUTES: dict[str, tuple[Route, ...]] = {
    "es": (Route(("spa-eng",), ("apertium-eng-spa",)),),
    "fr": (
        Route(("fra-cat", "cat-eng"), ("apertium-fra-cat", "apertium-eng-cat")),
        Route(("fr-es", "spa-eng"), ("apertium-fr-es", "apertium-eng-spa")),
    ),
}
# A question waits no longer for its English form; a document does.
QUESTION_SECONDS, DOCUMENT_SECONDS = 1.0, 60.0
# Words of this field that the dictionaries of Apertium have another sense of: where the text has
# the first, the second is replaced. Spanish and French have one word for boys and for children.
_SENSES = (
    (r"ni\u00f1os?|menor(?:es)?|enfants?", {"boy": "child", "boys": "children"}),
    (r"enfants?", {"girl": "child", "girls": "children"}),
    (r"femmes?", {"wife": "woman", "wives": "women"}),
    (r"droits?", {"royalty": "right", "royalties": "rights"}),
    (r"tutelles?", {"aegis": "guardianship", "tutela": "guardianship"}),
    (r"asile", {"plaintiffs": "seekers", "peticionarios": "seekers", "asile": "asylum"}),
    (r"enqu\u00eates?", {"paramentos": "households"}),
)
_MENDED = tuple(
    (re.compile(rf"\b(?:{source})\b", re.IGNORECASE), senses) for source, senses in _SENSES
)
_BOYS_MEANT = re.compile(r"\b(?:gar\u00e7on|fille|chic[oa]|muchach[oa])s?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
VERSION = 1  # of what is done here with an answer: another one makes shadows anew


NOT_INSTALLED = "not installed"
_lock = threading.Lock()
_translators: dict[tuple[Path, ...], Translator] = {}


def route(language: str) -> Route | None:
    """Return the best route from this language that is installed, or None."""
    for each in ROUTES.get(language, ()):
        if not problem(each):
            return each
    return None


def problem(way: Route) -> str:
    """Return why a route cannot be taken, "" if it can."""
    return _problem(_paths(way), os.environ.get("PATH", ""))


@lru_cache(maxsize=64)
def _problem(paths: tuple[Path, ...], search_path: str) -> str:
    try:
        if not all(path.is_file() for path in paths):
            return NOT_INSTALLED
        commands(paths)
    except (TranslationError, OSError) as error:
        return str(error)
    return ""


def failure(way: Route) -> str:
    """Return why the programs of a route failed in this process when last asked, or ""."""
    translator = _translators.get(_paths(way))
    return translator.failure if translator else ""


@lru_cache(maxsize=64)
def fingerprint(way: Route, folder: str) -> str:
    """Return what tells the output of this route from that of other versions of it."""
    told = [str(VERSION)]
    for path in (Path(folder) / f"{mode}.mode" for mode in way.modes):
        line = path.read_text("utf-8")
        data = (Path(each) for each in re.findall(r"'(/[^']+)'", line))
        told += [line, *(str(each.stat().st_size) for each in data if each.is_file())]
    return f"{'+'.join(way.modes)}@{sha256(''.join(told).encode()).hexdigest()[:12]}"


def question(text: str, language: str) -> str:
    """Return a question in English; `TranslationError` if that cannot be had at once."""
    way = route(language)
    if way is None:
        raise TranslationError(f"No translation from {language!r} is installed.")
    return _recent(text, _paths(way))


@lru_cache(maxsize=2048)
def _recent(text: str, paths: tuple[Path, ...]) -> str:
    return _mended(text, _translator(paths).translated(text, QUESTION_SECONDS))


def document(text: str, language: str) -> str:
    """Return a stretch of a document in English; `TranslationError` if that cannot be had."""
    way = route(language)
    if way is None:
        raise TranslationError(f"No translation from {language!r} is installed.")
    return _mended(text, _translator(_paths(way)).translated(text, DOCUMENT_SECONDS))


def _mended(text: str, english: str) -> str:
    """Return a translation with the senses that words have in this field."""
    senses: dict[str, str] = {}
    for source, others in _MENDED:
        if source.search(text):
            senses |= others
    if _BOYS_MEANT.search(text):
        for word in ("boy", "boys", "girl", "girls"):
            senses.pop(word, None)
    return _WORD.sub(lambda found: senses.get(found.group().lower(), found.group()), english)


def _paths(way: Route) -> tuple[Path, ...]:
    folder = Path(settings.APERTIUM_MODES)
    return tuple(folder / f"{mode}.mode" for mode in way.modes)


def _translator(paths: tuple[Path, ...]) -> Translator:
    with _lock:
        return _translators.setdefault(paths, Translator(paths))


def forget() -> None:
    """End all programs and look again at what is installed."""
    with _lock:
        for translator in _translators.values():
            translator.end()
        _translators.clear()
    _problem.cache_clear()
    _recent.cache_clear()
    fingerprint.cache_clear()


atexit.register(forget)
