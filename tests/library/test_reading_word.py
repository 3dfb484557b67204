"""Text of Word files: headings by style or by looks, tables, notes, and only what is visible."""

from io import BytesIO

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from library.making import markdown_to_docx

LONG = "A paragraph of running text that is long enough to be told from a heading, " * 3


def saved(document):
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def headings(reading):
    return [section.heading for section in reading.sections]


def test_styles_give_the_headings(read, guide):
    reading = read("guide.docx", markdown_to_docx(guide, "How to count"))
    assert reading.title == "How to count"
    assert headings(reading) == [
        (),
        ("Ask the registry first",),
        ("Ask the registry first", "Agree on the key"),
        ("Count children apart",),
    ]
    assert {section.page for section in reading.sections} == {None}


def test_bold_short_lines_are_headings_where_no_style_is_used(read):
    document = docx.Document()
    for text in ("First part", "Second part"):
        document.add_paragraph().add_run(text).bold = True
        document.add_paragraph("Not a heading")
        document.add_paragraph(LONG)
    reading = read("bold.docx", saved(document))
    assert headings(reading) == [("First part",), ("Second part",)]


def test_short_lines_above_text_are_headings_where_nothing_else_tells(read):
    document = docx.Document()
    for text in (LONG, "Looking ahead", LONG, "A sentence is none.", LONG):
        document.add_paragraph(text)
    assert headings(read("plain.docx", saved(document))) == [(), ("Looking ahead",)]


def test_tables_come_in_their_place_row_by_row(read):
    document = docx.Document()
    document.add_heading("Sources", 1)
    document.add_paragraph("Before the table.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Register", "Ministry"
    document.add_paragraph("After the table.")
    text = read("table.docx", saved(document)).sections[0].text
    assert text == "Before the table.\n\nRegister | Ministry\n\nAfter the table."


def test_a_heading_without_text_is_not_lost(read):
    document = docx.Document()
    for text in ("Empty chapter", "Full chapter"):
        document.add_heading(text, 1)
    document.add_paragraph("Words.")
    assert headings(read("heads.docx", saved(document))) == [("Empty chapter",), ("Full chapter",)]


def test_content_controls_and_insertions_are_read_and_deletions_are_not(read):
    document = docx.Document()
    body = document.element.body
    for inner in (
        "<w:sdt {0}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent>"
        "</w:sdt>",
        "<w:p {0}><w:ins><w:r><w:t>Put in. </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>Taken out.</w:delText></w:r></w:del></w:p>",
    ):
        body.insert(0, parse_xml(inner.format(nsdecls("w"))))
    text = read("changes.docx", saved(document)).sections[0].text
    assert "In a control." in text
    assert "Put in." in text
    assert "Taken out." not in text


def test_arabic_is_read(read):
    reading = read(
        "arabic.docx", markdown_to_docx("# الخلفية\n\nالبيانات عن الأطفال.", "عنوان", "ar")
    )
    assert reading.sections[0].heading == ("الخلفية",)
    assert reading.sections[0].text == "البيانات عن الأطفال."


def test_the_author_is_not_in_a_file_that_we_make(guide):
    document = docx.Document(BytesIO(markdown_to_docx(guide, "Guide")))
    assert document.core_properties.author == ""
