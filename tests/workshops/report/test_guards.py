"""The guards of the library stand at the door of reports: nothing unsound becomes a page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from library.making import markdown_to_pdf
from practices.word.opening import RefusedError
from tests.practices.word.files import part, with_parts
from tests.workshops.report import made
from workshops.report import opening

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
GOOD = made.word()
DOCTYPE = (
    '<!DOCTYPE d [<!ENTITY a "b">]>'
    f"<w:document {WORD}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
)
MACROS = part(GOOD, "[Content_Types].xml").replace(
    "wordprocessingml.document.main+xml", "ms-word.document.macroEnabled.main+xml"
)
REMOTE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/attachedTemplate" Target="http://127.0.0.1:%s/t.dotm" '
    'TargetMode="External"/></Relationships>'
)
BAD = {
    "program.docx": b"MZ" + bytes(300),  # U01
    "page.pdf": b"<html><script>alert(1)</script>%PDF-1.4</html>",
    "word-as.pdf": GOOD,
    "pdf-as.docx": markdown_to_pdf("Invented.", "Invented"),
    "macros.docx": with_parts(GOOD, {"[Content_Types].xml": MACROS}),
    "bomb.docx": with_parts(GOOD, {"word/media/a.bin": bytes(60_000_000)}),  # U04
    "cut-off.pdf": markdown_to_pdf("Invented.", "Invented")[:300],  # U05
    "doctype.docx": with_parts(GOOD, {"word/document.xml": DOCTYPE}),  # U06
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_a_sound_file_is_refused_with_a_sentence(name):
    with pytest.raises(RefusedError, match=r"\w+\."):
        opening.open_report(SimpleUploadedFile(name, BAD[name]))


@pytest.mark.parametrize(
    "name", ["a.docm", "a.pdf.html", "a.SVG", "a.xhtml", "a.js", "a", "evil\u202exslx.docx"]
)
def test_a_file_is_refused_by_its_name(name):
    file = SimpleUploadedFile("x", GOOD)
    file._name = name
    with pytest.raises(RefusedError):
        opening.open_report(file)


def test_a_file_above_the_limit_is_refused_unread():
    file = SimpleUploadedFile("a.docx", GOOD)
    file.size = opening.most_bytes() + 1
    with pytest.raises(RefusedError) as refused:
        opening.open_report(file)
    assert refused.value.too_large


def test_nothing_outside_the_file_is_fetched():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        remote = REMOTE % server.getsockname()[1]
        content = with_parts(GOOD, {"word/_rels/settings.xml.rels": remote})
        assert opening.open_report(SimpleUploadedFile("a.docx", content)).parts
        with pytest.raises(TimeoutError):
            server.accept()
