"""The English shadow of a passage in another language, and how it was made."""

from typing import NamedTuple

from django.conf import settings
from django.db.models import Q

from search import layers
from search.bridges import glossary, names, translation
from search.bridges.apertium import TranslationError
from search.bridges.freedict import DictionaryError
from search.cleaning import one_line

# How a shadow is made, the better way first, with the layer that it belongs to. A recipe is the
# name of the way, a colon, and what tells the version of what made it.
WAYS = {"mt": "translation", "gl": "dictionary"}
LANGUAGES = ("es", "fr", "ar")
# Senses of a word in the shadow: the first reads as a sentence, the others are only found.
SENSES = 3
VERSION = 1  # of this file: another one makes the shadows by glosses anew


class English(NamedTuple):
    """A passage in English; `more` are other senses of its words, `names` the names in it."""

    title: str = ""
    heading: str = ""
    text: str = ""
    more: str = ""
    names: str = ""  # as `search.bridges.names.keys` gives them

    def stored(self) -> str:
        """Return the parts as lines."""
        return "\n".join(map(one_line, self))

    @classmethod
    def read(cls, stored: str) -> "English":
        """Return the parts that were stored."""
        return cls(*stored.split("\n")) if stored else cls()


class ShadowError(RuntimeError):
    """No shadow can be made now."""


def recipe(language: str) -> str:
    """Return how shadows of this language are made now, "" if they are not."""
    way = translation.route(language) if layers.on("translation") else None
    if way is not None:
        return f"mt:{translation.fingerprint(way, str(settings.APERTIUM_MODES))}"
    if language == "ar" and layers.on("dictionary"):
        told = glossary.fingerprint(settings.FREEDICT_DIR)
        return f"gl:{told}/{VERSION}" if told else ""
    return ""


def outdated() -> Q:
    """Return which passages have another recipe than they should (see `wanted`)."""
    kinds = {way: f"{way}:" for way in WAYS}
    chosen = Q(pk__in=())
    for language in LANGUAGES:
        current = recipe(language)
        differs = Q(document__language=language) & ~Q(shadow_recipe=current)
        for start in kinds.values():
            if wanted(language, start) == start:
                differs &= ~Q(shadow_recipe__startswith=start)
        chosen |= differs
    return chosen


def wanted(language: str, present: str) -> str:
    """Return the recipe that a passage should have that was made by the recipe `present`.

    One made by a better way that is only not installed here is kept; one of a layer that was
    switched off is not.
    """
    current = recipe(language)
    on = [way for way, layer in WAYS.items() if layers.on(layer)]
    before = present.partition(":")[0]
    if before not in on:
        return current
    better = not current or on.index(before) < on.index(current.partition(":")[0])
    return present if better else current


def english(title: str, heading: str, text: str, language: str) -> English:
    """Return a passage in English, empty if no layer gives it; `ShadowError` if one fails."""
    way = recipe(language).partition(":")[0]
    try:
        if way == "mt":
            told = (translation.document(part, language) for part in (title, heading, text))
            return English(*told)
        if way == "gl":
            return _glossed(title, heading, text)
    except (TranslationError, DictionaryError, OSError) as error:
        raise ShadowError(str(error)) from error
    return English()


def _glossed(title: str, heading: str, text: str) -> English:
    known = glossary.opened(settings.FREEDICT_DIR)
    told: list[str] = []
    more: list[str] = []
    keys: list[str] = []
    for part in (title, heading, text):
        glosses = list(known.glosses(part))
        told.append(" ".join(gloss.senses[0] for gloss in glosses if gloss.senses))
        for gloss in glosses:
            if not gloss.grammar:
                more += gloss.senses[1:SENSES]
                keys += () if gloss.senses and gloss.sure else names.keys(gloss.word)
    return English(told[0], told[1], told[2], " ".join(more), " ".join(dict.fromkeys(keys)))
