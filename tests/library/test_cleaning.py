"""No name of an author stays in a file; whatever its readers see stays as it was."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from django.conf import settings
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from core.confined.limits import MEGABYTE, Limits
from core.confined.process import environment
from library.cleaning import pictures
from library.cleaning.paths import without_home
from library.cleaning.runner import clean_in_own_process
from library.extraction.runner import read_in_own_process
from library.reasons import SENTENCES
from tests.library.planted.author import (
    CANARY,
    HOME,
    everything_in,
    jpeg,
    links_of,
    names_in,
    png,
    tags_of,
    written,
)
from tests.library.planted.pdf import photographed_pdf, plain_pdf, planted_pdf
from tests.library.planted.word import plain_docx, planted_docx, table

SHARED = Path(
    os.environ.get("DOCUMENTS_DIR", Path(settings.BASE_DIR).parent / "shared" / "library")
)
REAL = [path.name for path in sorted(SHARED.glob("*.*"))] if SHARED.is_dir() else []
MADE = {
    "plain.docx": plain_docx,
    "planted.docx": planted_docx,
    "revised.docx": lambda: planted_docx(revised=True),
    "plain.pdf": plain_pdf,
    "planted.pdf": planted_pdf,
    "photograph.pdf": photographed_pdf,
}


@pytest.fixture
def clean(tmp_path):
    """Clean bytes in the cleaning process: clean(name, content, limits=None) -> Cleaned."""

    def clean(name, content, limits=None):
        path = tmp_path / name
        path.write_bytes(content)
        return clean_in_own_process(path, path.suffix[1:], limits)

    return clean


@pytest.fixture(params=MADE)
def made(request):
    return request.param, MADE[request.param]()


def signed_by_hand(content):
    """A real document as its author's machine would have left it."""
    if content.startswith(b"PK"):
        document = docx.Document(BytesIO(content))
        document.core_properties.author = document.core_properties.last_modified_by = CANARY
        document.core_properties.comments = CANARY
        output = BytesIO()
        document.save(output)
        return output.getvalue()
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.add_metadata({"/Author": CANARY, "/Creator": CANARY, "/Producer": CANARY})
    return written(writer)


def test_no_author_is_left(clean, made):
    name, content = made
    assert names_in(content)
    told = clean(name, content)
    assert (told.reason, told.detail) == ("", "")
    assert names_in(told.content) == set()


def test_text_pages_links_and_headings_stay(clean, read, made):
    name, content = made
    told = clean(name, content)
    before, after = read(name, content), read(name, told.content)
    assert before.sections
    assert before == after
    assert bool(links_of(content)) is (name not in {"plain.docx", "photograph.pdf"})
    assert links_of(told.content) == links_of(content)
    assert told.title == before.title


def test_what_is_clean_is_left_alone(clean, made):
    name, content = made
    once = clean(name, content).content
    assert clean(name, once).content == once


def test_a_workbook_is_cleaned_as_well(clean):
    told = clean("table.xlsx", table())
    assert names_in(table())
    assert names_in(told.content) == set()
    assert openpyxl.load_workbook(BytesIO(told.content)).active["A1"].value == 1


def test_helps_for_readers_stay_in_a_pdf(clean):
    content = planted_pdf()
    root = PdfReader(BytesIO(clean("planted.pdf", content).content)).trailer["/Root"]
    assert len(tags_of(content)) == 5
    assert tags_of(clean("planted.pdf", content).content) == tags_of(content)
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", 1)
    packet = root["/Metadata"].get_data().decode()
    assert "An invented report" in packet
    assert ">1</pdfuaid:part>" in packet


def test_a_pdf_runs_nothing(clean):
    content = planted_pdf()
    assert b"/JavaScript" in everything_in(content)
    assert b"/JavaScript" not in everything_in(clean("planted.pdf", content).content)


def test_an_earlier_version_of_a_pdf_is_gone(clean):
    content = planted_pdf()
    assert b"Somebody else" in everything_in(content)
    assert content.count(b"%%EOF") == 2
    told = clean("planted.pdf", content).content
    assert told.count(b"%%EOF") == 1
    assert b"Somebody else" not in everything_in(told)


def test_comments_and_changes_are_told_and_kept(clean):
    told = clean("x.docx", planted_docx(revised=True))
    assert told.revisions == "comments, changes"
    whole = everything_in(told.content)
    assert b"Is it so?" in whole
    assert b"Put in later." in whole
    assert b'w:author="Author"' in whole
    assert clean("y.docx", planted_docx()).revisions == ""


def test_a_picture_lies_as_it_lay_and_has_its_colours(clean):
    told = pictures.cleaned(jpeg())
    with Image.open(BytesIO(told)) as picture, Image.open(BytesIO(jpeg())) as before:
        assert dict(picture.getexif()) == {0x0112: 6}
        assert picture.tobytes() == before.tobytes()
    with Image.open(BytesIO(pictures.cleaned(png()))) as picture:
        assert picture.info.keys() == {"dpi"}
        assert picture.size == (30, 30)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (HOME, r"C:\Users\user\Templates\house.dotx"),
        (HOME.replace("\\", "\\\\"), r"C:\\Users\\user\\Templates\\house.dotx"),
        ("file:///C:/Users/Jane%20Doe/x.docx", "file:///C:/Users/user/x.docx"),
        (r"\\server\home\jane\x", r"\\server\home\user\x"),
        ("/Users/jane/x.png", "/Users/user/x.png"),
        ("https://example.org/users/jane/", "https://example.org/users/jane/"),
        ("https://example.org/home/jane/", "https://example.org/home/jane/"),
        ("Users and/or homes of data", "Users and/or homes of data"),
    ],
)
def test_a_folder_of_somebodys_own_names_nobody(told, kept):
    assert without_home(told) == kept
    assert without_home(kept) == kept


def signed(writer):
    value = {
        NameObject("/Type"): NameObject("/Sig"),
        NameObject("/ByteRange"): TextStringObject(""),
    }
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/V"): writer._add_object(DictionaryObject(value))}
    )


def carrying(writer):
    writer.add_attachment("letter.txt", CANARY.encode())


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("signed.pdf", lambda: planted_pdf(signed), "signed"),
        ("carrying.pdf", lambda: planted_pdf(carrying), "embedded"),
        ("carrying.docx", lambda: planted_docx(**{"word/embeddings/table.xlsx": OLD}), "embedded"),
        ("entity.docx", lambda: planted_docx(**{"word/people.xml": "<x/>"}), ""),
    ],
)
def test_what_cannot_be_cleaned_is_told(clean, name, make, reason):
    told = clean(name, make())
    assert told.reason == reason, told.detail
    assert bool(told.content) is not bool(reason)
    assert not reason or len(str(SENTENCES[reason])) > 20


OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_that_may_not_be_printed_is_cleaned_and_one_with_a_password_is_not(clean, algorithm):
    for password, reason in (("", ""), ("secret", "encrypted")):
        writer = PdfWriter(clone_from=PdfReader(BytesIO(plain_pdf())))
        writer.encrypt(password, "owner", algorithm=algorithm)
        told = clean("locked.pdf", written(writer))
        assert told.reason == reason, told.detail
        assert names_in(told.content) == set()
        assert not reason or not told.content


def test_a_bad_file_is_not_cleaned(clean, bad_file):
    name, content, reason = bad_file
    told = clean(name, content)
    assert told.reason == ("" if reason == "no_text" else reason), told.detail


def test_a_document_type_is_not_taken(clean, make_package):
    people = '<!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="x">&a;</w:document>'
    assert clean("x.docx", make_package({"word/document.xml": people})).reason == "damaged"


def test_the_limits_hold(clean, make_package):
    big = make_package(
        {"word/numbering.xml": b"<a>" + os.urandom(9 * MEGABYTE).hex().encode() + b"</a>"}
    )
    assert clean("big.docx", big, Limits(memory=90 * MEGABYTE)).reason in {
        "memory",
        "failed",
        "damaged",
    }
    assert (
        clean("slow.pdf", plain_pdf(400), Limits(cpu_seconds=1, wall_seconds=4)).reason == "timeout"
    )


def test_the_cleaning_process_knows_neither_django_nor_our_secrets():
    code = (
        "import sys, library.cleaning.__main__, library.cleaning.pdf, library.cleaning.office;"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(), check=False)
    assert done.returncode == 0


@pytest.mark.skipif(not REAL, reason="The five documents of the Alliance are not on this machine.")
@pytest.mark.parametrize("name", REAL)
def test_real_documents_keep_what_they_say_and_lose_who_wrote_them(clean, read, name):
    before = (SHARED / name).read_bytes()
    signed_one = signed_by_hand(before)
    assert names_in(signed_one)
    told = clean(name, signed_one)
    assert told.reason == ""
    assert names_in(told.content) == set()
    assert names_in(told.content, "HeadlessChrome") == set()
    assert read(name, told.content) == read_in_own_process(SHARED / name, name.rpartition(".")[2])
    assert links_of(told.content) == links_of(before)
    assert told.content == clean(name, told.content).content
    if name.endswith(".pdf"):
        assert tags_of(told.content) == tags_of(before)
        assert len(tags_of(before)) > 10
