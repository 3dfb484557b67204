"""Misspelt words are noticed, right ones are left alone, in the language of the question."""

import pytest

from search.engine import find
from search.expand import expand
from search.question import understand
from search.stores.tantivy_words import TantivyWords
from search.viewer import ANYONE
from tests.search.test_stores import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(seeded):
    """A store that has what misled."""
    found = TantivyWords()
    found.put(
        [
            document(1, "combined phases: children detained, phase by phase, schools, school"),
            document(2, "un país de niños", language="es"),
        ]
    )
    return found


def corrected(store, text, language):
    question = understand(text, language)
    terms = store.corrected(question.terms, ANYONE.audiences)
    return {term.word: term.corrected for term in terms if term.corrected}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "statistiques sur les enfants à Genève demain"),
        ("fr", "météo demain à Paris"),
        ("fr", "combien d'enfants à l'hôpital demain"),
        ("en", '"no such phrase anywhere"'),
        ("en", "phrase"),
    ],
)
def test_right_words_are_left_alone(store, language, text):
    assert corrected(store, text, language) == {}


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("ar", "Urugay", {"urugay": "uruguay"}),
        ("es", "Marrueccos", {"marrueccos": "marruecos"}),
        ("es", "encuensta migrantes", {"encuensta": "encuesta"}),
        ("en", "unacompanied minors", {"unacompanied": "unaccompanied"}),
        ("en", "minors registraton", {"registraton": "registration"}),
        ("en", "childern refugess schol", {"childern": "children", "refugess": "refugees"}),
    ],
)
def test_misspelt_words_are_noticed(store, language, text, right):
    found = corrected(store, text, language)
    assert right.items() <= found.items(), found


@pytest.mark.parametrize(
    ("text", "code"), [("Urugay", "URY"), ("الاوروغواي", "URY"), ("المغربب", "MAR")]
)
def test_misspelt_countries_stand_for_all_their_names(store, text, code):
    english = {"URY": "uruguay", "MAR": "morocco"}[code]
    question = understand(text, "ar")
    terms = store.corrected(question.terms, ANYONE.audiences)
    expansion = expand(type(question)(question.text, question.language, terms, (), False))
    own = {stem for term in expansion.own for stem in term.stems}
    assert english in own | {term.word for term in expansion.terms}
    assert find(text, ANYONE, language="ar").query == text
