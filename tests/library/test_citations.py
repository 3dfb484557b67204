"""A citation opens the file it cites, at its page."""

import pytest

from core.models import PageSource, SourceDocument
from library.importing import Details, keep
from library.making import markdown_to_docx, markdown_to_pdf
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "## Invented heading\n\nAn invented report."


@pytest.fixture
def document():
    return SourceDocument.objects.create(slug="invented-report", title="An invented report")


def pdf(name="invented-report.pdf"):
    return keep(name, markdown_to_pdf(TEXT, "An invented report"), Details())[0]


def word():
    content = markdown_to_docx(TEXT, "An invented report")
    return keep("invented-report.docx", content, Details())[0]


def test_a_file_is_tied_to_the_source_of_the_same_name(document, client):
    page = factories.practice()
    page.sources = [PageSource(document=document, place="Invented heading", page_number=1)]
    page.save_revision().publish()
    file = pdf()
    assert f"{file.url}#page=1" in client.get(page.url).content.decode()


def test_a_file_of_another_name_is_not(document):
    pdf("another-report.pdf")
    document.refresh_from_db()
    assert document.file is None


@pytest.mark.parametrize("order", [(pdf, word), (word, pdf)])
def test_the_pdf_goes_before_the_word_version(document, order):
    for make in order:
        make()
    document.refresh_from_db()
    assert document.file.file_extension == "pdf"


def test_a_file_chosen_by_hand_stays(document):
    chosen = pdf("chosen-by-hand.pdf")
    document.file = chosen
    document.save()
    word()
    document.refresh_from_db()
    assert document.file == chosen
