"""A page can be previewed while it is written, before anything of it is saved."""

import pytest
from django.test import RequestFactory

from config.checks import get_page_models
from core.models import BasePage
from tests import factories

pytestmark = pytest.mark.django_db

TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_a_page_that_is_not_saved_yet_can_be_previewed(seeded, rf: RequestFactory, model):
    parent = factories.home()
    fields = {"country": factories.country("CHL")} if model.__name__ == "CountryPage" else {}
    page = model(title="An invented draft", slug="draft", locale=factories.locale(), **fields)
    # What Wagtail's preview of a new page sets (CreateView's preview).
    page.path, page.depth = f"{parent.path}9999", parent.depth + 1
    page.url_path = page.set_url_path(parent)
    answer = page.make_preview_request(preview_mode="")
    answer.render()
    assert answer.status_code == 200
    assert b"An invented draft" in answer.content
