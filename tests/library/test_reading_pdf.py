"""Text of PDF files: by page, under its headings, without what every page repeats."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from library.making import markdown_to_pdf


def headings(reading):
    return list(dict.fromkeys(section.heading for section in reading.sections))


def page_of(reading, words):
    return next(section.page for section in reading.sections if words in section.text)


@pytest.fixture
def guide_pdf(guide):
    return markdown_to_pdf(guide, "How to count")


def without_bookmarks(pdf, wrong=()):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    del writer._root_object["/Outlines"]
    for title in wrong:
        writer.add_outline_item(title=title, page_number=0)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


HEADINGS = [
    (),
    ("Ask the registry first",),
    ("Ask the registry first", "Agree on the key"),
    ("Count children apart",),
]


def test_bookmarks_give_the_headings(read, guide_pdf):
    reading = read("guide.pdf", guide_pdf)
    assert reading.reason == ""
    assert reading.title == "How to count"
    assert headings(reading) == HEADINGS


def test_without_bookmarks_size_gives_the_headings(read, guide_pdf):
    assert headings(read("guide.pdf", without_bookmarks(guide_pdf))) == HEADINGS


def test_bookmarks_of_another_text_are_not_believed(read, guide_pdf):
    wrong = without_bookmarks(guide_pdf, ["Chapter one", "Chapter two", "Count children apart"])
    assert headings(read("guide.pdf", wrong)) == HEADINGS


def test_every_word_knows_its_page(read, guide_pdf):
    reading = read("guide.pdf", guide_pdf)
    assert reading.page_count == len(PdfReader(BytesIO(guide_pdf)).pages) > 2
    assert page_of(reading, "Two ministries share one identifier") == 1
    assert page_of(reading, "Age group 79 ") == reading.page_count


def test_no_word_is_lost(read, guide_pdf):
    text = " ".join(
        " ".join((*section.heading, section.text))
        for section in read("guide.pdf", guide_pdf).sections
    )
    running_head = {"How", "to", "count", "1", "2", "3"}
    for page in PdfReader(BytesIO(guide_pdf)).pages:
        assert set(page.extract_text().split()) - set(text.split()) <= running_head


def test_running_heads_are_left_out(read, guide_pdf):
    reading = read("guide.pdf", guide_pdf)
    assert all("How to count" not in section.text for section in reading.sections)


def lines(*texts):
    """The content of a page: one line below the other, 14 points apart."""
    drawn = b" 0 -14 Td ".join(b"(" + text.encode("latin-1") + b") Tj" for text in texts)
    return b"BT /F1 11 Tf 70 770 Td " + drawn + b" ET"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("People give informa-", "tion about children.", "information about"),
        ("This is a life-", "changing journey. Many lives are changing.", "life-changing journey"),
        ("A co-", "ordinated answer is coordinated.", "coordinated answer"),
        ("Sources of Morocco-", "Spain data.", "Morocco- Spain"),
    ],
)
def test_a_word_broken_at_a_line_end_is_whole_again(read, make_raw_pdf, first, second, joined):
    reading = read("broken.pdf", make_raw_pdf(lines(first, second)))
    assert joined in reading.sections[0].text


def test_a_sentence_over_a_page_end_stays_whole(read):
    text = "\n\n".join(["Some words fill a line of this page and end with a full stop."] * 26)
    broken = (
        "The broken sentence begins here and " + "goes on " * 60 + "to the other page. Another."
    )
    reading = read("long.pdf", markdown_to_pdf(f"{text}\n\n{broken}", "Title"))
    assert reading.page_count == 2
    first, second = reading.sections
    assert first.text.endswith("to the other page.")
    assert second.text == "Another."


def test_capitals_inside_a_paragraph_are_a_heading(read, make_raw_pdf):
    page = lines(
        "UNICEF, IOM, UNHCR, OECD and others asked for it in their call. MAKE",
        "BETTER USE OF EXISTING DATA Many sources are there already.",
    )
    reading = read("brief.pdf", make_raw_pdf(page))
    assert headings(reading) == [(), ("MAKE BETTER USE OF EXISTING DATA",)]


def test_arabic_with_numbers_is_in_reading_order(read):
    reading = read("arabic.pdf", Path(__file__).with_name("arabic.pdf").read_bytes())
    assert reading.title == "بيانات الأطفال المتنقلين"
    assert reading.sections[-1].heading == ("السجل الاجتماعي",)
    assert "في عام 2019 لتحسين الاستهداف" in reading.sections[-1].text
