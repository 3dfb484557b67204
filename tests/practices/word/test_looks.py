"""A Word file looks as it should in a word processor, in Latin and in Arabic script."""

from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from practices.word.directions import is_right_to_left, stretches
from practices.word.fields import Part, PracticeFields
from practices.word.prose import from_html
from practices.word.writing import Setting, empty_form
from tests.practices.word.test_round_trip import FULL

pytestmark = pytest.mark.django_db

ARABIC, ENGLISH, MIXED = "لم يكن أحد يعرف.", "Nobody knew.", "تقرير SDMX الأول (2019)"


def opened(content):
    return docx.Document(BytesIO(content))


def with_text(document, text):
    """The paragraph with these words, wherever it stands."""
    for element in document.element.body.iter(qn("w:p")):
        if text == "".join(node.text or "" for node in element.iter(qn("w:t"))):
            return element
    raise AssertionError(text)


def is_turned(paragraph):
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_run_their_own_way_whatever_the_language_of_the_form(written, vocabulary, language):
    html = "".join(f"<p>{text}</p>" for text in (ARABIC, ENGLISH, MIXED, "2019"))
    fields = PracticeFields(problem=from_html(html), steps=(Part(ENGLISH[:-1]),))
    document = opened(written(fields, language))
    assert is_turned(with_text(document, ARABIC))
    assert not is_turned(with_text(document, ENGLISH))
    assert is_turned(with_text(document, MIXED))
    # What has no letters goes with the form.
    assert is_turned(with_text(document, "2019")) == (language == "ar")


def test_an_empty_place_waits_for_the_language_of_the_form(vocabulary):
    for language in ("en", "ar"):
        document = opened(empty_form(Setting(language)))
        cells = [row.cells[1] for row in document.tables[0].rows]
        assert all(is_turned(cell.paragraphs[0]._p) == (language == "ar") for cell in cells)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_piece_of_a_text_runs_both_ways(written, vocabulary, language):
    fields = PracticeFields(problem=from_html(f"<p>See <b>{MIXED}</b>: UNICEF و SDMX معًا.</p>"))
    for run in opened(written(fields, language)).element.body.iter(qn("w:r")):
        text = "".join(node.text or "" for node in run.iter(qn("w:t")))
        turned = run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None
        assert {way for _part, way in stretches(text, turned)} <= {turned}


@pytest.mark.parametrize(
    ("text", "rtl", "parts"),
    [
        ("", True, []),
        ("12 %", True, [("12 %", True)]),
        ("12 %", False, [("12 %", False)]),
        ("Nobody (12).", True, [("Nobody (12).", False)]),
        ("قانون 12/2019", False, [("قانون 12/2019", True)]),
        ("و SDMX معًا", True, [("و ", True), ("SDMX", False), (" معًا", True)]),
        ("the قانون is", False, [("the ", False), ("قانون", True), (" is", False)]),
    ],
)
def test_a_text_is_parted_where_its_way_changes(text, rtl, parts):
    assert list(stretches(text, rtl)) == parts


@pytest.mark.parametrize(("text", "way"), [("1. و", True), ("1. a و", False), ("12", None)])
def test_the_first_letter_tells_the_way(text, way):
    for otherwise in (True, False):
        assert is_right_to_left(text, otherwise) == (otherwise if way is None else way)


def test_a_long_text_is_parted_quickly():
    text = "1" * 200_000 + ENGLISH
    assert [len(part) for part, _way in stretches(text, rtl=True)] == [len(text)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_both_scripts_have_the_same_size_and_the_font_that_is_named(written, vocabulary, language):
    document = opened(written(FULL, language))
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 4", "Caption", "Form help"):
        run = document.styles[name].element.rPr
        assert run.find(qn("w:sz")).get(qn("w:val")) == run.find(qn("w:szCs")).get(qn("w:val"))
        fonts = run.find(qn("w:rFonts"))
        assert fonts is None or not [each for each in fonts.attrib if "theme" in each.lower()]
    # Letters that are spaced do not join.
    assert document.styles["Title"].element.rPr.find(qn("w:spacing")) is None


def test_the_place_to_write_is_wider_than_its_label_for_every_program(vocabulary):
    facts, roles = opened(empty_form(Setting("en"))).tables[0:3:2]
    columns = [column.width for column in facts.columns]
    cells = [cell.width for cell in facts.rows[0].cells]
    assert columns == cells
    assert columns[1] == pytest.approx(2 * columns[0], rel=0.01)
    assert len({column.width for column in roles.columns}) == 1


def test_nothing_stands_alone_at_the_end_of_a_page(written, vocabulary):
    document = opened(written(FULL))
    for name in ("Heading 1", "Heading 2", "Form help", "Caption"):
        assert document.styles[name].paragraph_format.keep_with_next, name
    rows = [row._tr for table in document.tables for row in table.rows]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_word_opens_it_as_a_file_of_its_own(written, vocabulary):
    settings = opened(written(FULL)).settings.element
    told = {each.get(qn("w:name")): each.get(qn("w:val")) for each in settings.iter(
        qn("w:compatSetting"))}  # fmt: skip
    assert told["compatibilityMode"] == "15"
