"""The rules of the project fail when they are broken."""

import pytest
from wagtail.models import Page

from config import checks
from core.models import BasePage


def test_all_page_types_keep_the_rules():
    assert checks.every_page_type_can_be_found() == []
    assert checks.every_page_type_is_a_base_page() == []


@pytest.fixture
def forgotten(monkeypatch):
    """A page type that nobody registered."""

    class Forgotten(BasePage):
        class Meta:
            abstract = True
            app_label = "practices"

    monkeypatch.setattr(checks, "get_page_models", lambda: [Forgotten])


def test_a_page_type_that_search_does_not_know_is_refused(forgotten):
    (error,) = checks.every_page_type_can_be_found()
    assert "searchable.py" in error.hint


def test_a_page_type_without_the_common_base_is_refused(monkeypatch):
    class Bare(Page):
        class Meta:
            abstract = True
            app_label = "practices"

    monkeypatch.setattr(checks, "get_page_models", lambda: [Bare])
    (error,) = checks.every_page_type_is_a_base_page()
    assert "BasePage" in error.hint
