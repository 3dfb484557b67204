"""What people and programs do to the form is understood, or told; nothing is lost."""

import copy

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from practices.word.fields import Part, PracticeFields, Role
from practices.word.prose import Piece, Run, from_html, to_html
from practices.word.writing import Setting, empty_form
from tests.practices.word.files import (
    changed,
    paragraph,
    split_as_word,
    unwrapped,
    without_controls,
)
from tests.practices.word.test_round_trip import FULL

pytestmark = pytest.mark.django_db


def below(document, heading, *texts, style=None):
    """Write paragraphs below a heading, behind its help."""
    at = paragraph(document, heading)._p
    following = at.getnext()
    if following is not None and following.tag == qn("w:p"):
        at = following
    for text in texts:
        added = document.add_paragraph(text, style=style)
        at.addnext(added._p)
        at = added._p


def cell(document, label):
    """The cell beside a label of a table of facts."""
    for table in document.tables:
        for row in table.rows:
            if label in row.cells[0]._tc.xml and len(row.cells) == 2:
                return row.cells[1]
    raise AssertionError(label)


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_an_empty_form_says_nothing(read_back, language):
    again = read_back(empty_form(Setting(language, "https://practices.example.org", "PX-form-fr")))
    assert again.fields == PracticeFields()
    assert again.problems == again.left_over == ()
    assert again.language == "fr"
    assert "voice" not in again.present


@pytest.mark.parametrize("program", [without_controls, unwrapped])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_file_survives_programs_that_drop_the_marks(written, read_back, program, language):
    again = read_back(changed(written(FULL, language, "PX-12-34"), program), kept=FULL)
    assert {n for n in again.present if getattr(again.fields, n) != getattr(FULL, n)} <= {"tables"}
    assert [grid.rows for grid in again.fields.tables] == [grid.rows for grid in FULL.tables]
    assert again.left_over == ()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_in_pieces_are_put_together(written, read_back, language):
    again = read_back(changed(written(FULL, language, "PX-12-34"), split_as_word), kept=FULL)
    assert again.fields == FULL
    assert again.problems == again.left_over == ()


def test_translated_headings_keep_their_fields_and_are_told(written, read_back):
    def translate(document):
        heading = paragraph(document, "Results")
        for node in heading._p.iter(qn("w:t")):
            node.text = "Ergebnisse"

    again = read_back(changed(written(FULL), translate), kept=FULL)
    assert again.fields == FULL
    assert [remark.text for remark in again.left_over] == ["Ergebnisse"]


def test_headings_in_another_language_of_the_site_are_known(written, read_back):
    def mix(document):
        unwrapped(document)
        for node in paragraph(document, "Problem")._p.iter(qn("w:t")):
            node.text = "Problème :"

    assert read_back(changed(written(FULL), mix), kept=FULL).fields.problem == FULL.problem


def test_what_was_typed_around_a_field_belongs_to_it(written, read_back):
    def add(document):
        below(document, "What did not work", "Typed by hand.", "- and more")

    text = to_html(read_back(changed(written(PracticeFields()), add)).fields.what_failed)
    assert text == "<p>Typed by hand.</p><p>- and more</p>"


def test_a_step_is_added_by_copying_a_heading_or_by_a_heading_of_ones_own(written, read_back):
    def add(document):
        first = paragraph(document, "Step 1")
        twin = copy.deepcopy(first._p)
        at = first._p.getnext()
        at.addnext(twin)
        for node in twin.iter(qn("w:t")):
            node.text = "Step 2: Count again"
        own = document.add_heading("Publish", level=2)
        twin.addnext(own._p)
        text = document.add_paragraph("On the site.")
        own._p.addnext(text._p)

    fields = PracticeFields(steps=(Part("Count", from_html("<p>All of them.</p>")),))
    again = read_back(changed(written(fields), add)).fields.steps
    assert [step.title for step in again] == ["Count", "Count again", "Publish"]
    assert again[2].text == from_html("<p>On the site.</p>")


def test_a_numbered_list_alone_becomes_steps(read_back):
    def fill(document):
        document.add_heading("What was done", 1)
        for text in ("Ask", "Sign"):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("in ink", style="List Bullet 2")

    again = read_back(made(fill)).fields.steps
    assert [to_html(step.text) for step in again] == [
        "<p>Ask</p>",
        "<p>Sign</p><ul><li>in ink</li></ul>",
    ]


def made(fill):
    from io import BytesIO

    document = docx.Document()
    fill(document)
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def test_the_form_without_marks_made_of_plain_headings_is_read(read_back):
    def fill(document):
        for heading, text in (
            ("Title", "An invented practice"),
            ("Condition for transfer: law", "A law of 2019."),
            ("Groups of children", "Refugee children; children in transit"),
            ("Data sources", "census, survey"),
            ("Last confirmed", "3 noviembre 2025"),
        ):
            document.add_heading(heading, 2)
            document.add_paragraph(text)

    again = read_back(made(fill))
    assert again.fields.title == "An invented practice"
    assert again.fields.condition_legal == "A law of 2019."
    assert again.fields.data_sources == ("census", "survey")
    assert again.fields.last_confirmed.isoformat() == "2025-11-03"
    assert "refugee-children" in again.fields.populations


def test_terms_are_known_by_label_in_any_language_and_unknown_ones_are_listed(written, read_back):
    def fill(document):
        countries = cell(document, "Countries")
        countries.paragraphs[0].text = "Géorgie"
        for text in ("المغرب", "CHL", "Atlantis"):
            countries.add_paragraph(text)

    again = read_back(changed(written(PracticeFields()), fill))
    assert again.fields.countries == ("GEO", "MAR", "CHL")
    (problem,) = again.problems
    assert problem.place == "Section 2 (Who and when), Countries, line 4"
    assert "Atlantis" in problem.text
    assert [remark.text for remark in again.left_over] == ["Atlantis"]


def test_a_near_miss_is_told_with_what_was_meant(written, read_back):
    def fill(document):
        cell(document, "Countries").paragraphs[0].text = "Marocco"

    (problem,) = read_back(changed(written(PracticeFields()), fill)).problems
    assert "Morocco" in problem.text


def test_a_box_is_ticked_by_an_x(written, read_back):
    def tick(document):
        for each in cell(document, "Disaggregated by").paragraphs:
            if each.text.casefold() == "☐ sex":
                each.text = "x " + each.text[2:]

    again = read_back(changed(written(PracticeFields(disaggregation=("age",))), tick))
    assert again.fields.disaggregation == ("age", "sex")


@pytest.mark.parametrize(
    ("typed", "year"),
    [("2019", 2019), ("٢٠١٩", 2019), ("in 2019", 2019), ("19", None), ("soon", None)],
)
def test_years_are_read_in_any_digits_and_others_are_told(written, read_back, typed, year):
    def fill(document):
        cell(document, "From (year)").paragraphs[0].text = typed

    again = read_back(changed(written(PracticeFields()), fill))
    assert again.fields.year_from == year
    assert bool(again.problems) == (year is None)
    assert [r.text for r in again.left_over] == ([] if year else [typed])


def test_a_text_that_is_too_long_is_cut_and_kept_whole_beside(written, read_back):
    text = "word " * 80

    def fill(document):
        cell(document, "Whom to ask").paragraphs[0].text = text

    again = read_back(changed(written(PracticeFields()), fill))
    assert 200 < len(again.fields.contact) <= 255
    assert again.left_over[0].text == text.strip()
    assert "399" in again.problems[0].text


def test_tables_pasted_into_a_text_are_kept(written, read_back):
    def paste(document):
        table = document.add_table(rows=2, cols=2)
        for number, text in enumerate(("Year", "Children", "2019", "one\nhundred")):
            table.rows[number // 2].cells[number % 2].text = text
        table.rows[0].cells[0].merge(table.rows[0].cells[1])
        paragraph(document, "Results")._p.getnext().addnext(table._tbl)

    again = read_back(changed(written(PracticeFields()), paste))
    (grid,) = again.fields.tables
    assert (grid.section, grid.rows) == (
        "results",
        (("Year\nChildren", ""), ("2019", "one\nhundred")),
    )
    assert "Section 6 (Results)" in [remark.place for remark in again.problems]
    assert again.fields.results == ()


def test_rows_beyond_the_columns_and_text_beside_the_table_are_left_over(written, read_back):
    def fill(document):
        table = next(t for t in document.tables if len(t.columns) == 5)
        table.add_column(500)
        row = table.rows[1].cells
        row[0].text, row[4].text, row[5].text = "Ministry", "Law 1", "A sixth cell"
        below(document, "Institutional set-up", "And a sentence.")

    again = read_back(changed(written(PracticeFields()), fill))
    assert again.fields.institutions == (Role("Ministry", "", "", "", "Law 1"),)
    assert [(r.place, r.text) for r in again.left_over] == [
        ("Section 4 (Institutional set-up)", "And a sentence."),
        ("Section 4 (Institutional set-up), table row 1", "A sixth cell"),
    ]


def test_columns_may_change_places(written, read_back):
    def turn(document):
        table = next(t for t in document.tables if len(t.columns) == 5)
        for row in table.rows:
            row._tr.append(row._tr.tc_lst[0])

    again = read_back(changed(written(FULL), turn), kept=FULL)
    assert again.fields.institutions == FULL.institutions


def test_text_below_a_heading_that_is_not_of_the_form_is_left_over(written, read_back):
    def add(document):
        document.add_heading("Annex", 1)
        document.add_paragraph("A note to the secretariat.")

    (remark,) = read_back(changed(written(FULL), add), kept=FULL).left_over
    assert (remark.place, remark.text) == ("Annex", "Annex\nA note to the secretariat.")


def test_footnotes_headers_and_text_boxes_are_not_lost(written, read_back):
    def add(document):
        document.sections[0].header.paragraphs[0].text = "Confidential draft"

    again = read_back(changed(written(FULL), add), kept=FULL)
    assert [remark.text for remark in again.left_over] == ["Confidential draft"]


def test_a_link_that_could_run_something_is_told_and_its_words_stay(written, read_back):
    def link(document):
        from docx.opc.constants import RELATIONSHIP_TYPE

        at = paragraph(document, "Problem")._p.getnext()
        added = document.add_paragraph("")
        at.addnext(added._p)
        element = OxmlElement("w:hyperlink")
        target = document.part.relate_to(
            "javascript:alert(1)", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        element.set(qn("r:id"), target)
        element.append(added.add_run("press here")._r)
        added._p.append(element)

    again = read_back(changed(written(PracticeFields()), link))
    assert again.fields.problem == (Piece((Run("press here"),)),)
    assert "javascript" in again.problems[0].text


def test_names_in_a_file_are_only_found_where_the_reader_may_see_them(read_back, written):
    hidden = FULL.evidence[1]
    again = read_back(written(PracticeFields(evidence=(hidden,))))
    assert again.fields.evidence[0].file is None
    assert again.fields.evidence[0].url.startswith("https://practices.example.org/")
