"""An editor uploads a report: a draft is made, looked at, decided on, published, handed out."""

import uuid
from html import unescape
from io import BytesIO

import docx
import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from core import printing
from core.publication import PublicationBlocked
from library import reasons
from library.clean import CleanFile
from library.cleaning.result import Cleaned
from library.making import markdown_to_pdf
from library.models import LibraryFile
from practices.word import reading
from search import engine
from search.viewer import ANYONE
from tests import factories
from tests.members import people
from tests.workshops.report import made
from workshops.models import ReportPage
from workshops.report import making, suggesting
from workshops.report.access import unpublished
from workshops.report.parts import Part, Report, to_stream
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
    return reverse("workshop-report-check", args=[page.pk])


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


def active_pdf(carried):
    """A PDF that would run a script and start a program, and may carry another file."""
    content = markdown_to_pdf("## Said\n\nInvented.", "A report (invented)")
    writer = pypdf.PdfWriter(clone_from=BytesIO(content))
    if carried:
        writer.add_attachment("program.exe", b"MZ invented")
    for key, kind, name in (("/OpenAction", "/Launch", "/F"), ("/AA", "/JavaScript", "/JS")):
        told = {NameObject("/S"): NameObject(kind), NameObject(name): TextStringObject("invented")}
        action = DictionaryObject(told)
        writer.root_object[NameObject(key)] = (
            DictionaryObject({NameObject("/WC"): action}) if key == "/AA" else action
        )
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def test_a_pdf_is_handed_out_without_what_acts_and_what_is_lost_is_said(office, client, place):
    """U02: the original is a copy without scripts, programs and other files in it."""
    refused = made.send(office, active_pdf(carried=True), place, "r.pdf")
    assert refused.status_code == 400
    assert str(reasons.sentence("embedded")) in unescape(refused.content.decode())
    active = active_pdf(carried=False)
    assert all(mark in active for mark in (b"/JavaScript", b"/Launch"))
    answer = made.send(office, active, place, "R.PDF")
    assert "Of a PDF only the text" in office.get(answer["Location"]).content.decode()
    original = ReportPage.objects.get().original
    answer = office.get(original.url)
    content = b"".join(answer.streaming_content)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not {"/OpenAction", "/AA"} & pypdf.PdfReader(BytesIO(content)).trailer["/Root"].keys()
    assert not any(mark in content for mark in (b"/JavaScript", b"/Launch"))
    assert client.get(original.url).status_code == 404


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


def test_a_form_sent_twice_is_one_report_and_another_file_or_person_another(office, place):
    """G07: nobody gets the report of somebody else, and no second file is lost without a word."""
    one, other = people.secretariat(), people.secretariat()
    begun = str(uuid.uuid4())

    def send(user, text, token=begun, place=place):
        file = CleanFile(text, "report.docx", Cleaned())
        report = Report("A report (invented)", [Part("Said (invented)")])
        return making.from_file(report, file, place, report.title, user, token).pk

    first = send(one, b"First")
    assert send(one, b"First") == first
    assert len({first, send(one, b"Second"), send(other, b"First"), send(one, b"First", "")}) == 4
    # One without a page of its workshop stands below the list.
    ReportPage.objects.get(pk=send(one, b"Third", "", place.get_parent())).delete()
    # Whoever goes away finds the drafts again; who may not check them sees none.
    listed = office.get(made.UPLOAD).content.decode()
    assert all(check_of(page) in listed for page in ReportPage.objects.all())
    assert "4</strong>" in office.get("/en/desk/").content.decode().split(made.UPLOAD)[1][:120]
    assert unpublished(people.member("GEO")).count() == 0


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
