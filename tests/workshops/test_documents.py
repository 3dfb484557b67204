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


def armed():
    """A PDF that would run a script, and hold another file."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(markdown_to_pdf("A law (invented).", "Law"))))
    script = {NameObject("/S"): NameObject("/JavaScript"),
              NameObject("/JS"): TextStringObject("app.alert('Cnry');")}  # fmt: skip
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.add_attachment("run.exe", b"MZ Cnry")
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def test_a_pdf_with_a_script_and_a_file_in_it_loses_both_and_is_only_saved(send, workshop):
    assert send("law.pdf", armed()).status_code == 302
    document = workshop.documents.get()
    reader = Client()
    reader.force_login(people.representative("GEO"))
    got = reader.get(f"{workshop.get_absolute_url()}documents/{document.pk}/")
    assert got["Content-Disposition"] == 'attachment; filename="law.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in got["Cache-Control"]
    root = PdfReader(BytesIO(b"".join(got.streaming_content))).root_object
    assert "/OpenAction" not in root
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(root.get("/Names", {}))
