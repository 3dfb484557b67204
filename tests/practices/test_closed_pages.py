"""What somebody may not open is offered, named and exported to nobody, wherever it is linked."""

from io import BytesIO

import docx
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from core.models import PageSource, SourceDocument
from guidance.models import GuidanceIndexPage, GuidancePage
from practices.contributing.nearby import nearby
from practices.importing.exporting import export
from practices.models import PracticeGuidance
from practices.word.names import Names
from tests import factories
from tests.kept import kept
from tests.members.people import representative
from tests.practices.word.files import all_text

pytestmark = pytest.mark.django_db
OPEN, CLOSED = "Guidance that all may open (invented)", "Guidance for some (invented)"
CITED, UNCITED = "A report that is cited (invented)", "A report in a draft (invented)"


@kept
def linked():
    """A public practice that applies two guidance pages; one of them is closed."""
    pages = []
    for title in (OPEN, CLOSED):
        page = GuidancePage(title=title, slug=title.split()[2], locale=factories.locale())
        pages.append(factories.publish(page, factories.index(GuidanceIndexPage)))
    PageViewRestriction.objects.create(page=pages[1], restriction_type="login")
    practice = factories.practice("A linked practice (invented)", draft=True)
    practice.guidance = [PracticeGuidance(guidance=page) for page in pages]
    practice.sources = [PageSource(document=document(CITED))]
    practice.save_revision().publish()
    draft = factories.practice("A draft that cites (invented)", draft=True)
    draft.sources = [PageSource(document=document(UNCITED))]
    draft.save()
    return practice


def document(title):
    return SourceDocument.objects.create(title=title, slug=title.split()[3], year=2020)


def test_a_form_offers_what_everybody_may_open_and_no_more(client, linked):
    author = representative("GEO")
    own = factories.practice("My own (invented)", draft=True, owner=author)
    client.force_login(author)
    form = client.get(f"/en/contribute/{own.pk}/").content.decode()
    assert OPEN in form
    assert CITED in form
    assert CLOSED not in form
    assert UNCITED not in form


def test_a_word_file_names_what_its_reader_may_open(client, linked):
    file = client.get(f"/en/contribute/word/{linked.pk}/")
    text = all_text(docx.Document(BytesIO(b"".join(file))).element.body)
    assert OPEN in text
    assert CLOSED not in text


def test_a_word_file_finds_what_its_reader_may_open():
    for title in (OPEN, CLOSED):
        page = GuidancePage(title=title, slug=title.split()[2], locale=factories.locale())
        factories.publish(page, factories.index(GuidanceIndexPage))
    PageViewRestriction.objects.create(
        page=GuidancePage.objects.get(title=CLOSED), restriction_type="login"
    )
    names = Names(AnonymousUser(), [])
    assert names.page("guidance", OPEN, "").name == OPEN
    assert names.page("guidance", CLOSED, "") is None


def test_an_export_names_what_everybody_may_open(linked):
    told = export("csv", "https://practices.example.org").decode()
    assert OPEN in told
    assert CLOSED not in told


def test_similar_practices_are_those_that_one_may_open(django_user_model):
    for title in ("A register of border crossings", "Another register of border crossings"):
        factories.practice(f"{title} (invented)")
    closed = factories.practice("A closed register of border crossings (invented)")
    PageViewRestriction.objects.create(page=closed, restriction_type="groups")
    request = RequestFactory().get("/")
    request.user = representative("GEO")
    found = {hit.card.title for hit in nearby(request, "Register of border crossings")}
    assert "A register of border crossings (invented)" in found
    assert closed.title not in found
