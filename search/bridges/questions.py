"""The English form of a question: what is searched, and encoded, beside the question itself."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings

from search import layers
from search.bridges import glossary, translation
from search.bridges.apertium import TranslationError
from search.bridges.commonness import commonness
from search.bridges.freedict import DictionaryError
from search.bridges.glossary import Gloss
from search.bridges.names import skeletons
from search.language import is_arabic, is_stopword, stems_in_all, words
from search.stores import Term

log = logging.getLogger(__name__)
# Given skeletons, returns indexed words that have one of them, the most used first.
Named = Callable[[Sequence[str]], Sequence[str]]
# Measured on MLQA: senses of a word that are searched, as one term; sentences that are encoded.
SENSES = 4
SENTENCES = 2
MOST_NAMED = 8
MOST_TERMS = 32
# A word that English seldom uses may be a name.
USUAL = 0.4


@dataclass(frozen=True)
class EnglishForm:
    """A question in English: terms for words, sentences for meaning (the first is the best)."""

    terms: tuple[Term, ...]
    sentences: tuple[str, ...] = ()
    not_in: str = ""  # it says nothing of texts in this language


def english_form(text: str, language: str, named: Named) -> EnglishForm | None:
    """Return what a question is in English, None where no layer adds anything."""
    try:
        if language == "ar" and layers.on("dictionary"):
            return _glossed(text, named)
        if language in translation.ROUTES and layers.on("translation"):
            return _translated(text, language, named)
        if language == "en" and layers.on("dictionary") and glossary.files(settings.FREEDICT_DIR):
            return _with_names(text, named)
    except (TranslationError, OSError) as error:
        log.info("A question is searched as it was asked: %s", error)
    except DictionaryError as error:
        log.info("An Arabic question is searched as it was asked: %s", error)
    return None


def _translated(text: str, language: str, named: Named) -> EnglishForm | None:
    if translation.route(language) is None:
        return None
    english = translation.question(text, language)
    kept = set(words(text))
    terms = []
    for word in _told(english):
        # What came back as it was is a name, or a word that the translation does not know.
        others = _latin(word, named) if word in kept and commonness(word) < USUAL else []
        terms.append(_term(word, [word, *others]))
    return EnglishForm(tuple(terms), (english,)) if terms else None


def _glossed(text: str, named: Named) -> EnglishForm | None:
    if not glossary.files(settings.FREEDICT_DIR):
        return None
    glosses = list(glossary.opened(settings.FREEDICT_DIR).glosses(text))
    known = [gloss if gloss.senses and gloss.sure else _named(gloss, named) for gloss in glosses]
    terms = {
        gloss.word: _term(gloss.word, gloss.senses[:SENSES] or [gloss.word])
        for gloss in known
        if not gloss.grammar
    }
    if not terms:
        return None
    sentences = (
        " ".join(" ".join(gloss.senses[: count + 1]) for gloss in known if gloss.senses)
        for count in range(SENTENCES)
    )
    return EnglishForm(tuple(terms.values())[:MOST_TERMS], tuple(dict.fromkeys(sentences)))


def _named(gloss: Gloss, named: Named) -> Gloss:
    """Return the gloss of a word that may be a name; one that stands in some text comes first."""
    if gloss.grammar:
        return gloss
    return Gloss(gloss.word, (*_latin(gloss.word, named)[:SENSES], *gloss.senses))


def _with_names(text: str, named: Named) -> EnglishForm | None:
    """Return an English question with the Arabic forms of its names; None if nobody has them."""
    told = _told(text)
    others = {word: _of_script(word, named, arabic=True) for word in told}
    if not any(others.values()):
        return None
    return EnglishForm(tuple(_term(word, [word, *others[word]]) for word in told), not_in="en")


def _told(text: str) -> list[str]:
    found = words(text)
    told = [word for word in found if not is_stopword(word, "en")] or found
    return list(dict.fromkeys(told))[:MOST_TERMS]


def _latin(word: str, named: Named) -> list[str]:
    return _of_script(word, named, arabic=False)


def _of_script(word: str, named: Named, arabic: bool) -> list[str]:
    looked_for = skeletons(word)
    found = named(looked_for) if looked_for else ()
    return [each for each in found if is_arabic(each) == arabic and each != word][:MOST_NAMED]


def _term(word: str, senses: Sequence[str]) -> Term:
    """Return one term for all senses of a word; a sense of several words counts by each."""
    parts = (part for sense in senses for part in words(sense))
    stems = (stem for part in parts if not is_stopword(part, "en") for stem in stems_in_all(part))
    return Term(tuple(dict.fromkeys(stems)) or stems_in_all(word), word=word)
