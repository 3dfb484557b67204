"""An editor uploads a report: a draft is made, looked at, decided on, published, handed out."""

import uuid
from io import BytesIO

import docx
import pypdf
import pytest
from django.test import Client

from core.publication import PublicationBlocked
from library.models import LibraryFile
from practices.word import reading
from search import engine
from search.viewer import ANYONE
from tests import factories
from tests.members import people
from tests.workshops.report import made
from workshops.models import ReportPage
from workshops.report import making, printing, suggesting
from workshops.report.parts import to_stream
from workshops.report.reading_word import report_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    client = Client()
    client.force_login(people.secretariat())
    return client


@pytest.fixture
def place():
    factories.country("GEO").__class__.objects.filter(code="GEO").update(label="Georgia")
    factories.theme("irregular-migration")
    return made.page_of_workshop()


def check_of(page):
    return f"/en/workshop/reports/{page.pk}/check/"


def test_a_word_file_becomes_a_draft_that_shows_what_was_found_and_suggested(office, place):
    private = made.word(lambda document: document.add_paragraph(f"{made.PRIVATE} {made.SPEAKER}"))
    begun = str(uuid.uuid4())
    for _twice in range(2):
        answer = made.send(office, private, place, begun=begun)
        assert answer.status_code == 302
    page = ReportPage.objects.get()
    assert (page.live, page.title, page.get_parent().pk) == (False, "A report (invented)", place.pk)
    assert [block.value["heading"] for block in page.body] == [
        "Introduction",
        "What was said",
        "In the groups",
    ]
    assert [block.value["level"] for block in page.body] == ["1", "1", "2"]
    assert LibraryFile.objects.get(page=page) == page.original
    shown = office.get(check_of(page)).content.decode()
    assert "A person who can be recognised" in shown
    assert made.NAMED in shown
    assert "<bdi>Irene Adam</bdi>" in shown
    # Nobody else knows of it, nor of the file.
    other = Client()
    other.force_login(people.member("GEO"))
    assert other.get(check_of(page)).status_code == 404
    assert other.get(page.original.url).status_code == 404
    assert other.get(made.UPLOAD).status_code == 404
    # What the gate found keeps it from the public.
    with pytest.raises(PublicationBlocked):
        page.get_latest_revision().publish()


def drafted(place, tmp_path):
    """A report as an upload makes it, without its processes and its file."""
    path = tmp_path / "report.docx"
    path.write_bytes(made.word())
    report = report_of(reading.read(path))
    page = ReportPage(title=report.title, live=False)
    page.body = page._meta.get_field("body").stream_block.to_python(to_stream(report.parts))
    making.add_below(place, page)
    suggesting.store(page, report.parts)
    page.save_revision(clean=False)
    return page


def test_each_suggestion_is_accepted_or_refused_once(office, place, tmp_path):
    page = drafted(place, tmp_path)
    country = page.suggestions.get(kind="country", code="GEO")
    theme = page.suggestions.get(kind="theme", code="irregular-migration")
    assert (country.place, made.NAMED.startswith(country.passage[:20])) == ("Introduction", True)
    assert "Irregular migration" in theme.passage
    before = page.latest_revision_id

    def decide(suggestion, accept):
        address = f"/en/workshop/reports/{page.pk}/suggestions/{suggestion.pk}/"
        return office.post(address, {"accept": accept}).status_code

    assert [decide(country, "1"), decide(country, "0"), decide(theme, "0")] == [302, 302, 302]
    page = ReportPage.objects.get()
    assert page.latest_revision_id != before
    newest = page.get_latest_revision_as_object()
    assert [row.term.code for row in newest.countries.all()] == ["GEO"]
    assert list(newest.themes.all()) == []
    states = dict(page.suggestions.values_list("kind", "state"))
    assert (states["country"], states["theme"]) == ("accepted", "refused")


def test_a_published_report_is_a_page_a_word_file_and_a_tagged_pdf(client, place, tmp_path):
    page = drafted(place, tmp_path)
    word, pdf = (f"/en/workshop/reports/{page.pk}/report.{each}" for each in ("docx", "pdf"))
    assert client.get(word).status_code == 404  # not yet
    page.latest_revision.publish()
    shown = client.get(page.get_url()).content.decode()
    assert ">In the groups</h3>" in shown
    assert "<td" in shown
    document = docx.Document(BytesIO(client.get(word).content))
    styles = [(p.style.name, p.text) for p in document.paragraphs if p.text.strip()]
    assert ("Title", "A report (invented)") in styles
    assert ("Heading 2", "In the groups") in styles
    assert document.tables[0].rows[1].cells[1].text == "12"
    found = engine.find("linked registers", ANYONE).hits
    assert [hit.card.kind for hit in found] == ["report"]
    if not printing.is_possible():
        pytest.skip(f"No PDF without the libraries of Pango: apt-get install {printing.NEEDED}")
    read = pypdf.PdfReader(BytesIO(client.get(pdf).content))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert (root["/Lang"], read.metadata.title) == ("en", "A report (invented)")


def test_an_arabic_report_runs_from_right_to_left(place, client):
    page = ReportPage(title="تقرير", slug="report-ar", locale=factories.locale("ar"))
    page.body = [("section", {"heading": "مقدمة", "level": "1", "body": []})]
    factories.publish(page, made.page_of_workshop("ar"))
    address = f"/ar/workshop/reports/{page.pk}/report"
    document = docx.Document(BytesIO(client.get(f"{address}.docx").content))
    heading = next(p for p in document.paragraphs if p.style.name == "Heading 1")
    assert heading._p.pPr.find(docx.oxml.ns.qn("w:bidi")) is not None
    if printing.is_possible():
        read = pypdf.PdfReader(BytesIO(client.get(f"{address}.pdf").content))
        assert read.trailer["/Root"]["/Lang"] == "ar"
