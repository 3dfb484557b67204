"""Countries that a question names, and whether anything here is about them."""

from collections.abc import Sequence

from search import layers
from search.caches import View
from search.filters import Filters
from search.language import is_stopword, words
from search.question import Question, with_names
from vocabulary.recognise import concepts_in


def countries_in(question: Question) -> tuple[str, ...]:
    """Return the codes of the countries that a question names, none without the vocabulary."""
    if not question.terms or not layers.on("vocabulary"):
        return ()
    return tuple(each.code for each in concepts_in(with_names(question)) if each.kind == "country")


def is_only_countries(question: Question) -> bool:
    """Return whether a question consists of names of countries, small words left out."""
    countries = (each for each in concepts_in(with_names(question)) if each.kind == "country")
    named = {word for each in countries for word in words(each.text)}
    rest = [word for word in words(with_names(question)) if word not in named]
    return bool(named) and all(is_stopword(word, question.language) for word in rest)


def anything_about(view: View, countries: Sequence[str], audiences: frozenset[str]) -> bool:
    """Return whether these audiences may find a document on one of these countries."""
    visible = view.catalogue.selection(audiences, Filters()).mask
    return bool((visible & view.catalogue.having("country", countries)).any())
