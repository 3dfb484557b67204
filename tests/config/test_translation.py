"""Translating a page in the editor begins a draft; nothing is published under a false language."""

import pytest

from practices.models import PracticePage
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_translation_begins_as_a_draft(seeded, admin_client):
    page = PracticePage.objects.get(external_id="georgia-umas")
    french = factories.locale("fr")
    address = f"/admin/localize/submit/page/{page.pk}/"
    assert admin_client.get(address).status_code == 200
    admin_client.post(address, {"locales": [french.pk]})
    translation = page.get_translation(french)
    assert not translation.live
    assert translation.get_parent().locale == french


def test_footer_pages_that_nobody_has_translated_are_shown_as_they_are(seeded, client):
    assert "/en/privacy/" in client.get("/ar/").content.decode()
