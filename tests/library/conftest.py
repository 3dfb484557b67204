"""Files good and bad, made here: no test needs a file from outside."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from pypdf import PdfReader, PdfWriter

from library.extract import read_file
from library.extraction.runner import read_in_own_process
from library.making import markdown_to_docx, markdown_to_pdf
from library.models import LibraryFile

GUIDE = """
Why this guide exists, in one sentence.

## Ask the registry first

A registry knows what a survey must ask for again.

### Agree on the key

Two ministries share one identifier.

## Count children apart

""" + "\n\n".join(f"Age group {number} is counted apart from the others." for number in range(80))


def raw_pdf(content, extra=b"", resources=b"/Font << /F1 4 0 R >>"):
    """A PDF of one page, written by hand; `extra` are more objects, from number 6 on."""
    objects = [
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj",
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj",
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << " + resources + b" >> >> endobj",
        b"4 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj",
        b"5 0 obj << /Length %d >> stream\n" % len(content) + content + b"\nendstream endobj",
        extra,
    ]
    return (
        b"%PDF-1.4\n" + b"\n".join(objects) + b"\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
    )


def endless_pdf():
    """Forms that each draw the next one ten times: ten to the twelfth power of drawings."""
    forms = []
    for number in range(6, 19):
        draw = b"/X Do " * 10 if number < 18 else b"BT /F1 9 Tf (x) Tj ET"
        forms.append(
            b"%d 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length %d"
            b" /Resources << /Font << /F1 4 0 R >> /XObject << /X %d 0 R >> >> >> stream\n"
            % (number, len(draw), number + 1)
            + draw
            + b"\nendstream endobj"
        )
    return raw_pdf(b"/X Do", b"\n".join(forms), b"/XObject << /X 6 0 R >>")


def encrypted_pdf():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(markdown_to_pdf(GUIDE, "Guide"))))
    writer.encrypt("secret", algorithm="RC4-128")
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def package(changes=(), remove=()):
    """A good Word file with some entries added, replaced or removed."""
    output = BytesIO()
    source = zipfile.ZipFile(BytesIO(markdown_to_docx(GUIDE, "Guide")))
    with source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename not in {*dict(changes), *remove}:
                target.writestr(entry, source.read(entry))
        for name, content in dict(changes).items():
            target.writestr(name, content)
    return output.getvalue()


BAD_FILES = {
    "empty.pdf": (b"", "empty"),
    "empty.docx": (b"", "empty"),
    "cut-off.pdf": (markdown_to_pdf(GUIDE, "Guide")[:400], "damaged"),
    "cut-off.docx": (markdown_to_docx(GUIDE, "Guide")[:4000], "damaged"),
    "no-xml.docx": (package({"word/document.xml": b"<w:document"}), "damaged"),
    "password.pdf": (encrypted_pdf(), "encrypted"),
    "password.docx": (
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "word-as.pdf": (markdown_to_docx(GUIDE, "Guide"), "mistyped"),
    "pdf-as.docx": (markdown_to_pdf(GUIDE, "Guide"), "mistyped"),
    "program.pdf": (b"MZ" + bytes(200) + b"%PDF-1.4", "mistyped"),
    "page.pdf": (b"<html><script>alert(1)</script>%PDF-1.4</html>", "mistyped"),
    "word-97.docx": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "mistyped"),
    "spreadsheet.docx": (package(remove=["word/document.xml"]), "mistyped"),
    "macros.docx": (package({"word/vbaProject.bin": b"x"}), "macros"),
    "bomb.docx": (package({"word/media/a.bin": bytes(60_000_000)}), "bomb"),
    "many.docx": (package({f"x/{number}": b"" for number in range(5_001)}), "bomb"),
    "scan.pdf": (raw_pdf(b""), "no_text"),
    "no-words.docx": (markdown_to_docx("", ""), "no_text"),
}


@pytest.fixture(scope="session")
def guide():
    return GUIDE


@pytest.fixture(params=BAD_FILES)
def bad_file(request):
    """(name, content, reason) of a file without text."""
    return request.param, *BAD_FILES[request.param]


@pytest.fixture(scope="session")
def bad_files():
    return BAD_FILES


@pytest.fixture(scope="session")
def make_raw_pdf():
    return raw_pdf


@pytest.fixture(scope="session")
def make_package():
    return package


@pytest.fixture(scope="session")
def make_endless_pdf():
    return endless_pdf


@pytest.fixture
def read(tmp_path):
    """Read bytes in the reading process: read(name, content, limits=None) -> Reading."""

    def read(name, content, limits=None):
        path = tmp_path / name
        path.write_bytes(content)
        return read_in_own_process(path, path.suffix[1:], limits)

    return read


@pytest.fixture
def add_file(db):
    """Put a file into the library and read it: add_file(name, content, **fields)."""

    def add_file(name, content, **fields):
        title = fields.pop("title", name)
        file = LibraryFile(title=title, file=ContentFile(content, name=name), **fields)
        file.save()
        read_file(file)
        return file

    return add_file
