"""Documents of a workshop: active and false types are refused, and nothing opens in a browser."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from library.making import markdown_to_pdf
from tests.communities.attachments import made
from tests.kept import kept
from tests.members import people
from tests.workshops import room
from workshops.models import WorkshopDocument

pytestmark = pytest.mark.django_db
HTML = b"<html><script>alert(1)</script>"


@kept
def workshop(db):
    return room.workshop("GEO")


@pytest.fixture
def send(workshop, client):
    """Send a file as a facilitator does, and return the answer."""
    client.force_login(room.facilitator(workshop))

    def send(name, content):
        file = SimpleUploadedFile("x", content)
        file._name = name
        address = f"{workshop.get_absolute_url()}documents/new/"
        return client.post(address, {"title": "A document (invented)", "file": file})

    return send


@pytest.mark.parametrize(
    "name", ["a.html", "a.svg", "a.xhtml", "a.js", "a.docm", "a.pdf.html", "a", "a.HTML", "a.exe"]
)
def test_a_type_that_does_something_is_refused_by_its_name(send, name):
    refused = send(name, HTML)
    assert refused.status_code == 400
    assert "A document (invented)" in refused.content.decode()
    assert not WorkshopDocument.objects.exists()


MISTYPED = {
    "law.pdf": lambda: HTML,
    "fdp.\u202edocx": lambda: b"MZ" + bytes(300),
    "law.docx": lambda: made.with_entry(made.docx(), "word/vbaProject.bin", lambda _xml: b"x"),
}


@pytest.mark.parametrize("name", MISTYPED)
def test_what_is_not_what_its_name_says_is_refused(send, name):
    assert send(name, MISTYPED[name]()).status_code == 400
    assert not WorkshopDocument.objects.exists()


def law(arm):
    """A PDF that would do something as soon as it is opened."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(markdown_to_pdf("A law (invented).", "Law"))))
    arm(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def script(writer):
    told = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('Cnry');")}
    action = DictionaryObject({NameObject(key): value for key, value in told.items()})
    writer.root_object[NameObject("/OpenAction")] = action


def test_a_pdf_that_carries_another_file_is_refused(send):
    assert send("law.pdf", law(lambda pdf: pdf.add_attachment("run.exe", b"MZ"))).status_code == 400
    assert not WorkshopDocument.objects.exists()


def test_a_pdf_loses_its_script_and_is_only_saved(send, workshop):
    assert send("law.pdf", law(script)).status_code == 302
    document = workshop.documents.get()
    reader = Client()
    reader.force_login(people.representative("GEO"))
    got = reader.get(f"{workshop.get_absolute_url()}documents/{document.pk}/")
    assert got["Content-Disposition"] == 'attachment; filename="law.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in got["Cache-Control"]
    content = b"".join(got.streaming_content)
    assert "/OpenAction" not in PdfReader(BytesIO(content)).root_object
    assert b"Cnry" not in content
