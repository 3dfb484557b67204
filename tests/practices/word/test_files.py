"""A file is taken only if it is a sound Word file; what is hidden in it is told and never kept."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.confined.limits import Limits
from practices.word.fields import PracticeFields
from practices.word.opening import SENTENCES, RefusedError, open_upload, outline_of
from practices.word.writing import Setting, write
from tests.kept import kept
from tests.practices.word.files import part, upload, with_parts

pytestmark = pytest.mark.django_db
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@kept
def good(vocabulary):
    return write(PracticeFields(title="Invented"), Setting("en", "https://practices.example.org"))


def test_a_sound_file_is_opened(good):
    assert any("Invented" in str(block) for block in open_upload(upload(good)).blocks)


@pytest.mark.parametrize(
    "name",
    [
        "a.docm",
        "a.pdf",
        "a.docx.html",
        "a",
        "docx",
        "evil\u202exslx.docx",
        "a\x00.html",
        ".docx/../../x.html",
    ],
)
def test_a_file_is_refused_by_a_name_that_is_not_plainly_word(good, name):
    file = SimpleUploadedFile("x", good)
    file._name = name
    with pytest.raises(RefusedError):
        open_upload(file)


def test_upper_case_and_a_path_in_the_name_do_no_harm(good):
    assert open_upload(upload(good, "../../etc/FORM.DOCX")).blocks


BAD = {
    "empty": lambda good: b"",
    "html": lambda good: b"<html><script>alert(1)</script>",
    "program": lambda good: b"MZ" + bytes(300),
    "pdf": lambda good: b"%PDF-1.7\n" + bytes(300),
    "cut": lambda good: good[:3000],
    "macros": lambda good: with_parts(good, {"word/vbaProject.bin": b"x"}),
    "macro type": lambda good: with_parts(
        good,
        {
            "[Content_Types].xml": part(good, "[Content_Types].xml").replace(
                "wordprocessingml.document.main+xml", "ms-word.document.macroEnabled.main+xml"
            )
        },
    ),
    "bomb": lambda good: with_parts(good, {"word/media/a.bin": bytes(60_000_000)}),
    "many": lambda good: with_parts(good, {f"x/{n}": b"" for n in range(5_001)}),
    "no body": lambda good: with_parts(good, remove=["word/document.xml"]),
    "doctype": lambda good: with_parts(
        good,
        {
            "word/document.xml": '<!DOCTYPE d [<!ENTITY a "b">]>'
            f"<w:document {WORD}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
        },
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_not_a_sound_word_file_is_refused_with_a_sentence(good, kind):
    with pytest.raises(RefusedError) as refused:
        open_upload(upload(BAD[kind](good)))
    assert str(refused.value) in {str(sentence) for sentence in SENTENCES.values()}


def test_a_lying_directory_fills_no_memory(good):
    packed = bytearray(with_parts(good, {"word/media/a.bin": bytes(40_000_000)}))
    # Both places where the unpacked size is written now say one byte.
    size = (40_000_000).to_bytes(4, "little")
    lying = bytes(packed).replace(size, (1).to_bytes(4, "little"))
    outline = open_upload(upload(lying))  # nobody unpacks a picture
    assert outline.blocks
    with zipfile.ZipFile(BytesIO(lying)) as package, pytest.raises(zipfile.BadZipFile):
        package.read("word/media/a.bin")


def test_a_file_that_takes_too_long_is_given_up(good, tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(good)
    with pytest.raises(RefusedError, match="took too long"):
        outline_of(path, Limits(wall_seconds=0))


def test_a_file_above_the_limit_is_refused_unread(good):
    file = upload(good)
    file.size = 11 * 1024 * 1024
    with pytest.raises(RefusedError) as refused:
        open_upload(file)
    assert refused.value.too_large


def test_nothing_outside_is_fetched_nor_read(good, listener, tmp_path):
    port, calls = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of the site")
    footnotes = (
        f'<!DOCTYPE d [<!ENTITY a SYSTEM "http://127.0.0.1:{port}/a">'
        f'<!ENTITY b SYSTEM "{secret.as_uri()}">]>'
        f'<w:footnotes {WORD}><w:footnote w:id="2"><w:p><w:r><w:t>&a;&b;</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    template = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/attachedTemplate" Target="http://127.0.0.1:{port}/t.dotm"'
        ' TargetMode="External"/></Relationships>'
    )
    changes = {"word/footnotes.xml": footnotes, "word/_rels/settings.xml.rels": template}
    outline = open_upload(upload(with_parts(good, changes)))
    assert calls == []
    assert "a secret" not in outline.to_json()


def test_the_reading_process_knows_neither_django_nor_our_secrets():
    import subprocess
    import sys

    from core.confined.process import environment

    code = (
        "import sys, practices.word.__main__, practices.word.reading;"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(), check=False)
    assert done.returncode == 0
    assert "SECRET_KEY" not in environment()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_file_of_ours_names_nobody_and_no_moment(vocabulary, language):
    content = write(PracticeFields(title="Invented"), Setting(language, "https://x.example.org"))
    core = part(content, "docProps/core.xml")
    for blank in ("<dc:creator/>", "<cp:lastModifiedBy/>", "<dc:description/>", "<cp:keywords/>"):
        assert blank in core or blank.replace("/>", "></" + blank[1:-2] + ">") in core
    assert "2020-01-01" in core
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert not [name for name in names if "thumbnail" in name or "custom" in name.lower()]
    assert "python-docx" not in core
