"""Concepts of the field in a question: their other names are searched too, with less weight."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.language import is_stopword, stems_in_all, words
from search.question import Question
from search.stores import Term
from vocabulary.recognise import ConceptMatch, concepts_in

# An added word may order what was found; it must not outweigh a word that was typed.
WEIGHT = 0.5
MOST_ADDED = 40


@dataclass(frozen=True)
class Expansion:
    """What the vocabulary adds to a question; empty where it knows nothing of it."""

    terms: tuple[Term, ...] = ()
    english: str = ""  # what is encoded instead of the question, "" for the question itself


def expand(question: Question) -> Expansion:
    """Return the other labels of the question's concepts as terms, and its English form.

    The packaged model reads English: a question in another language is encoded with the English
    labels of its concepts in place of their names.
    """
    matches = concepts_in(question.text)
    known = {term.word for term in question.terms}
    added: dict[str, Term] = {}
    for match in matches:
        for language, labels in match.all_labels.items():
            for word in (word for label in labels for word in words(label)):
                if word not in known and not is_stopword(word, language):
                    added.setdefault(word, Term(stems_in_all(word), WEIGHT, word=word))
    return Expansion(tuple(added.values())[:MOST_ADDED], _english(question, matches))


def shadow(text: str, language: str) -> str:
    """Return the English names of the concepts in a text of another language, each once."""
    if language == "en" or not text:
        return ""
    labels = (match.labels.get("en", "") for match in concepts_in(text))
    return ", ".join(dict.fromkeys(filter(None, labels)))


def _english(question: Question, matches: Sequence[ConceptMatch]) -> str:
    if question.language == "en":
        return ""
    labels = [m.labels["en"] for m in matches if m.labels.get("en")]
    return ", ".join(labels)
