"""Word files over the web: who may have them."""

from io import BytesIO

import docx
import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from practices.models import PracticeIndexPage
from practices.word.views import TYPE
from tests import factories
from tests.members.people import member, person, representative, secretariat
from tests.practices.word.sending import mine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(vocabulary):
    return factories.index(PracticeIndexPage)


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_everybody_gets_the_empty_form_in_each_language(client, language):
    answer = client.get(reverse("contribute-word-template", args=[language]))
    assert (answer.status_code, answer["Content-Type"]) == (200, TYPE)
    assert answer["Content-Disposition"] == f'attachment; filename="practice-{language}.docx"'
    assert docx.Document(BytesIO(answer.content)).paragraphs


def test_no_form_in_another_language(client):
    assert client.get("/en/contribute/word/template/de/").status_code == 404


def test_the_page_on_word_is_for_everybody_and_offers_uploading_to_members(client):
    url = reverse("contribute-word")
    answer = client.get(url)
    assert answer.status_code == 200
    assert reverse("contribute-word-upload") not in answer.content.decode()
    client.force_login(member("GEO"))
    assert reverse("contribute-word-upload") in client.get(url).content.decode()


def test_a_published_practice_is_downloaded_by_everybody_and_a_draft_by_nobody_else(client):
    public = factories.practice("A public invention")
    draft = factories.practice("A hidden invention", draft=True)
    url = reverse("contribute-word-practice", args=[public.pk])
    answer = client.get(url)
    assert "A public invention" in str(
        docx.Document(BytesIO(answer.content)).element.xpath("string(.)")
    )
    assert f'filename="{public.slug}.docx"' in answer["Content-Disposition"]
    assert client.get(reverse("contribute-word-practice", args=[draft.pk])).status_code == 404
    assert client.get(reverse("contribute-word-practice", args=[999_999])).status_code == 404


def test_a_restricted_practice_is_not_downloaded(client):
    page = factories.practice("A closed invention")
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.LOGIN
    )
    url = reverse("contribute-word-practice", args=[page.pk])
    assert client.get(url).status_code == 404
    client.force_login(person())
    assert client.get(url).status_code == 200


def test_the_public_file_says_what_is_public_not_what_the_newest_draft_says(client):
    page = factories.practice("A public invention")
    page.contact = "Only in the draft"
    page.save_revision()
    answer = client.get(reverse("contribute-word-practice", args=[page.pk]))
    assert "Only in the draft" not in docx.Document(BytesIO(answer.content)).element.xml


def test_a_draft_is_downloaded_by_its_editors_only(client):
    author = representative("GEO")
    page = mine(author)
    url = reverse("contribute-word-draft", args=[page.pk])
    assert client.get(url).status_code == 302
    for stranger in (member("MAR"), representative("MAR"), person()):
        client.force_login(stranger)
        assert client.get(url).status_code == 404
    for editor in (author, representative("GEO", email="second@example.org"), secretariat()):
        client.force_login(editor)
        assert client.get(url)["Content-Type"] == TYPE
