"""An alias is live without ever being published, and is found all the same."""

import pytest

from search.engine import find
from search.filters import Filters
from search.viewer import ANYONE
from tests import factories

pytestmark = pytest.mark.django_db

WORD = "Zanzibarometer"


def urls(**filters):
    return {hit.card.url for hit in find(WORD, ANYONE, Filters(**filters)).hits}


def test_an_alias_is_found_with_its_tags_as_soon_as_it_is_made(
    django_capture_on_commit_callbacks,
):
    page = factories.practice(f"The {WORD} of invention", countries=["GEO"])
    with django_capture_on_commit_callbacks(execute=True):
        alias = page.create_alias(update_slug="the-same-elsewhere")
    assert urls(country=("GEO",)) == {page.url, alias.url}


def test_an_alias_in_another_language_is_found_in_that_language(
    django_capture_on_commit_callbacks,
):
    page = factories.practice(f"The {WORD} of invention")
    with django_capture_on_commit_callbacks(execute=True):
        alias = page.copy_for_translation(factories.locale("fr"), copy_parents=True, alias=True)
    assert urls(language=("fr",)) == {alias.url}


def test_an_alias_of_a_draft_is_not_found(django_capture_on_commit_callbacks):
    page = factories.practice(f"The {WORD} of invention", draft=True)
    with django_capture_on_commit_callbacks(execute=True):
        page.create_alias(update_slug="the-same-elsewhere")
    assert urls() == set()
