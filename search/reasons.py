"""Why a passage matched, in words: the concepts of the field that it shares with the question."""

from collections.abc import Sequence
from dataclasses import replace

from search import layers
from search.question import Question
from search.results import Hit
from vocabulary.recognise import ConceptMatch, concepts_in

MOST = 3
# What nearly every text on this subject is about tells nobody why one of them was found.
EVERYWHERE = {
    *("data", "child", "country", "migration", "migrant", "migrant-child", "statistics"),
    *("migration-statistics", "children-on-the-move"),
}


def with_reasons(hits: Sequence[Hit], question: Question, language: str) -> list[Hit]:
    """Return the hits with the names of shared concepts, in the reader's language, three at most.

    A concept that every reader sees in the question's own words is a reason as well: the mark in
    the passage shows the word, this says which term of the vocabulary it stands for.
    """
    if not hits or not question.terms or not layers.on("vocabulary"):
        return list(hits)
    concepts = (each for each in concepts_in(question.text) if each.code not in EVERYWHERE)
    asked = {(each.kind, each.code) for each in concepts}
    return (
        [replace(hit, reasons=_shared(hit, asked, language)) for hit in hits] if asked else [*hits]
    )


def _shared(hit: Hit, asked: set[tuple[str, str]], language: str) -> tuple[str, ...]:
    named = concepts_in(f"{hit.card.title}. {hit.passage.text}")
    names = [name_of(each, language) for each in named if (each.kind, each.code) in asked]
    return tuple(dict.fromkeys(names))[:MOST]


def name_of(concept: ConceptMatch, language: str) -> str:
    """Return the preferred name of a concept in a language, else the English one, else its code."""
    return concept.labels.get(language) or concept.labels.get("en") or concept.code
