"""Concepts of the field in a question: their other names are searched too, with less weight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from search import layers
from search.language import is_stopword, stems_in_all, words
from search.question import Question, with_names
from search.stores import Term
from vocabulary.recognise import ConceptMatch, concepts_in

# An added word may order what was found; it must not outweigh a word that was typed.
WEIGHT = 0.5
MOST_A_CONCEPT = 14
MOST_ADDED = 42


@dataclass(frozen=True)
class Expansion:
    """What the vocabulary adds to a question; empty where it knows nothing of it."""

    terms: tuple[Term, ...] = ()
    concepts: tuple[str, ...] = ()  # English names of what the question is about
    own: tuple[Term, ...] = ()  # the question's own words, a short name by any other
    whole: str = ""  # English name of the one concept that is all that was asked


def expand(question: Question) -> Expansion:
    """Return the other labels of the question's concepts as terms, and their English names."""
    if not layers.on("vocabulary"):
        return Expansion(own=question.terms)
    matches = concepts_in(with_names(question))
    known = {term.word for term in question.terms}
    added: dict[str, Term] = {}
    for match in matches:
        for word in islice((word for word in _words(match) if word not in known), MOST_A_CONCEPT):
            added.setdefault(word, Term(stems_in_all(word), WEIGHT, word=word))
    own = tuple(_by_any_name(term, matches) for term in question.terms)
    names = _names(matches)
    whole = len(names) == 1 and words(matches[0].text) == words(with_names(question))
    return Expansion(tuple(added.values())[:MOST_ADDED], names, own, names[0] if whole else "")


def _by_any_name(term: Term, matches: Sequence[ConceptMatch]) -> Term:
    """Return a term that stands for something by its other names of one word too.

    A country is Turkey and Türkiye, a group EGRIS and EGRISS.
    """
    stems = list(term.stems)
    for match in matches:
        if words(match.text) == [term.corrected or term.word]:
            labels = (label for labels in match.all_labels.values() for label in labels)
            for label in (*match.labels.values(), *labels):
                named = words(label)
                stems += stems_in_all(named[0]) if len(named) == 1 else ()
    return replace(term, stems=tuple(dict.fromkeys(stems)))


def _words(match: ConceptMatch) -> Iterator[str]:
    """Yield the words of a concept's names: the preferred ones of all languages first."""
    preferred = [(language, label) for language, label in match.labels.items()]
    others = [(lang, label) for lang, labels in match.all_labels.items() for label in labels]
    seen: set[str] = set()
    for language, label in (*preferred, *others):
        for word in words(label):
            if word not in seen and not is_stopword(word, language):
                seen.add(word)
                yield word


def shadow(text: str, language: str) -> str:
    """Return the English names of the concepts in a text of another language, each once."""
    if language == "en" or not text or not layers.on("vocabulary"):
        return ""
    return ", ".join(_names(concepts_in(text)))


def _names(matches: Sequence[ConceptMatch]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.labels["en"] for m in matches if m.labels.get("en")))
