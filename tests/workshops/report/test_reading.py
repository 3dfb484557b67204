"""A file becomes sections in order, and no paragraph of it is lost."""

import zipfile
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml.ns import qn
from lxml import etree

from library.making import markdown_to_pdf
from practices.word import reading
from tests.workshops.report import made
from workshops.report.opening import open_report
from workshops.report.reading_word import report_of

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "library"
TEN = (
    *("Introduction", "Setting the scene", "Data for governance", "Toolbox", "Innovative"),
    *("Data Gaps and Capacity Needs", "Data Gaps and Capacity Needs", "What are good data?"),
    *("What is good data?", "Conclusions"),
)
PARTS = {6: ("Critical gaps", "Best practices", "Enhancing"), 8: ("Regular", "Irregular", "Refug")}


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "report.docx"
        path.write_bytes(content)
        return report_of(reading.read(path))

    return read


def headings(report):
    return [(part.level, part.heading) for part in report.parts]


def words(report):
    texts = [text for part in report.parts for text in (part.heading, *part.texts)]
    return " ".join(" ".join([report.title, *texts]).split())


def test_a_word_file_keeps_its_headings_lists_tables_and_footnotes(read):
    report = read(made.with_footnote(made.word()))
    assert report.title == "A report (invented)"
    assert headings(report) == [(1, "Introduction"), (1, "What was said"), (2, "In the groups")]
    introduction, _said, groups = report.parts
    assert introduction.texts[0] == f"{made.NAMED} [A footnote (invented).]"
    assert [piece.level for piece in introduction.body[0]] == [0, 1, 1]
    assert groups.texts == [
        "Irregular migration was discussed (invented).",
        "Country | Children",
        "Georgia | 12",
    ]


def test_numbered_bold_lines_are_headings_where_styles_are_missing(read):
    report = read(made.word(made.with_bold_headings))
    assert headings(report) == [
        (1, "1. Introduction"),
        (1, "2. What was said"),
        (2, "2.1 In the groups"),
    ]


def test_a_link_by_number_means_nothing_in_a_file_from_outside(read):
    def change(document):
        paragraph = document.paragraphs[2]
        related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        target = document.part.relate_to("page:2", related, is_external=True)
        link = docx.oxml.parse_xml(
            '<w:hyperlink xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'r:id="{target}"><w:r><w:t>here</w:t></w:r></w:hyperlink>'
        )
        paragraph._p.append(link)

    runs = [run for piece in read(made.word(change)).parts[0].body[0] for run in piece.runs]
    assert "here" in "".join(run.text for run in runs)
    assert [run.href for run in runs if run.href] == []


def test_a_pdf_keeps_its_headings_and_words():
    text = "## Introduction\n\nFirst (invented).\n\n## Said\n\n### In groups\n\nSecond (invented)."
    pdf = SimpleUploadedFile("a.pdf", markdown_to_pdf(text, "A report"))
    report = open_report(pdf)
    assert [heading for _level, heading in headings(report)] == ["Introduction", "Said", "In groups"]  # fmt: skip  # noqa: E501
    assert "First (invented)." in words(report)
    assert "Second (invented)." in words(report)


@pytest.mark.skipif(
    not FOLDER.is_dir(), reason="The five documents of the Alliance are not on this machine."
)
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_rabat_report_has_ten_sections_with_their_parts_and_loses_no_paragraph(ending):
    path = FOLDER / "workshop-report-rabat-2019"
    report = open_report(SimpleUploadedFile(f"r.{ending}", path.with_suffix(f".{ending}").read_bytes()))  # noqa: E501  # fmt: skip
    tops = [place for place, part in enumerate(report.parts) if part.level == 1]
    assert len(tops) == 10
    for number, (place, begins) in enumerate(zip(tops, TEN, strict=True)):
        assert report.parts[place].heading.startswith(begins)
        below = report.parts[place + 1 : [*tops, None][number + 1]]
        expected = PARTS.get(number, ())
        assert [part.level for part in below] == [2] * len(expected)
        assert all(p.heading.startswith(t) for p, t in zip(below, expected, strict=True))
    said = words(report)
    original = docx.Document(str(path.with_suffix(".docx"))).paragraphs
    lost = [p.text for p in original if " ".join(p.text.split()) not in said]
    if ending == "docx":
        assert lost == []
        assert _in_order(path.with_suffix(".docx"), report)
    else:  # letters, not marks: a PDF sets its own dashes, stars and line ends
        letters = _letters(said)
        assert [text for text in lost if _letters(text)[:60] not in letters] == []


def _in_order(path, report):
    """Whether all paragraphs of a file, those of cells, boxes and lists too, follow each other."""
    with zipfile.ZipFile(path) as file:
        body = etree.fromstring(file.read("word/document.xml"))
    said, place = _letters(words(report)), 0
    for paragraph in body.iter(qn("w:p")):
        text = _letters("".join(each.text or "" for each in paragraph.iter(qn("w:t"))))
        place = said.find(text, place) + len(text)
        if place < len(text):
            return False
    return True


def _letters(text):
    return "".join(char for char in text.casefold() if char.isalpha())
