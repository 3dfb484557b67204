"""Text with marks: nothing lost on the way there and back, nothing let through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.marks import to_html, to_marks
from core.marks.blocks import Block, Char, tidy
from core.marks.html import read_html, write_html
from core.marks.text import read_marks, write_marks

LINKS = [
    "",
    "",
    "https://example.org/a_(b)?c=1&d=2",
    "page:12",
    "document:5",
    "mailto:a@example.org",
]
words = st.text(st.sampled_from("ab9 é子م*_[]()\\#-+.1•\n<>&\"'\u00a0"), max_size=12)
runs = st.tuples(words, st.booleans(), st.booleans(), st.sampled_from(LINKS))


@st.composite
def texts(draw):
    blocks = []
    for _ in range(draw(st.integers(0, 5))):
        chars = [
            Char(char, bold, italic, link)
            for text, bold, italic, link in draw(st.lists(runs, max_size=4))
            for char in text
        ]
        kind = draw(st.sampled_from(["p", "h3", "ul", "ol"]))
        blocks.append(Block(kind, tuple(chars), draw(st.integers(0, 3))))
    return tidy(blocks)


@given(texts())
def test_marks_say_everything_that_a_text_holds(blocks):
    assert read_marks(write_marks(blocks), headings=True) == blocks


@given(texts())
def test_stored_text_says_everything_that_a_text_holds(blocks):
    assert read_html(write_html(blocks)) == blocks


@given(texts())
def test_stored_text_comes_back_from_marks_as_it_was(blocks):
    html = write_html(blocks)
    assert write_html(read_marks(to_marks(html), headings=True)) == html


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_and_settles(typed):
    html = to_html(typed, headings=True)
    assert to_html(to_marks(html), headings=True) == html


@given(st.text(st.sampled_from("*_[]()\\#-1. \nax:/<>\"'"), max_size=60))
def test_text_of_nothing_but_marks_is_read_and_settles(typed):
    html = to_html(typed)
    assert to_html(to_marks(html)) == html


@given(st.text(st.characters(exclude_categories=["C"]), max_size=80))
def test_no_letter_that_is_typed_is_lost(typed):
    def letters(text):
        return [char for char in text if char.isalnum()]

    found = "".join(block.text for block in read_html(to_html(typed)))
    if "](" not in typed and not re.search(r"^\s*1[.)]\s", typed, re.MULTILINE):
        assert letters(found) == letters(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("One\ntwo\n\nThree", "<p>One<br/>two</p><p>Three</p>"),
        ("**bold** and _it_ and *it*", "<p><b>bold</b> and <i>it</i> and <i>it</i></p>"),
        ("- a\n- b\n  - c\n- d", "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("• pasted\n• list", "<ul><li>pasted</li><li>list</li></ul>"),
        ("5 * 3 and file_name_a", "<p>5 * 3 and file_name_a</p>"),
        ("2. That year", "<p>2. That year</p>"),
        ("2019. That year", "<p>2019. That year</p>"),
        ("[in](page:12)", '<p><a id="12" linktype="page">in</a></p>'),
        ("[in](document:5)", '<p><a id="5" linktype="document">in</a></p>'),
        ("<b>&amp;</b>", "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>"),
    ],
)
def test_what_is_typed_is_stored_as_people_mean_it(typed, stored):
    assert to_html(typed) == stored


def test_a_heading_is_one_only_where_there_may_be_headings():
    assert to_html("### Part\ntext", headings=True) == "<h3>Part</h3><p>text</p>"
    assert "<h3>" not in to_html("### Part\ntext")


def test_links_lead_out_with_a_word_to_search_engines():
    html = to_html("[there](https://example.org/)")
    assert 'href="https://example.org/"' in html
    assert 'rel="ugc nofollow noopener"' in html


BAD = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    '[x](https://a.example/"onmouseover="alert(1))',
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=1&gt;'>",
    "[<img src=x onerror=alert(1)>](https://example.org)",
    "**<a href='javascript:alert(1)'>x</a>**",
    '<a linktype="page" id=\'1"onclick=alert(1)\'>x</a>',
    "![x](https://evil.example/x.png)",
    "{{7*7}}{% debug %}",
]


@pytest.mark.parametrize("typed", BAD)
def test_nothing_that_runs_is_stored(typed):
    html = to_html(typed, headings=True)
    tags = re.findall(r"<[^>]*>", html)
    assert {re.match(r"</?(\w+)", tag)[1] for tag in tags} <= {"p", "b", "i", "a", "br", "h3"}
    for tag in tags:
        href = re.search(r'href="([^"]*)"', tag)
        assert not re.search(r"\son\w+=", tag)
        assert not href or href[1].startswith("https://")


@pytest.mark.parametrize(
    "html",
    [
        '<p data-block-key="abc">As Wagtail <b>wrote</b> it.</p>',
        "<h2>Not ours</h2><p>Text.</p>",
        '<p>One<embed embedtype="image" id="1" format="left"/></p>',
    ],
)
def test_what_is_not_touched_stays_byte_for_byte(html):
    shown = to_marks(html)
    assert to_html(shown, before=html) == html
    assert to_html(shown.replace("\n", "\r\n") + "\r\n", before=html) == html
    assert to_html(shown + " more", before=html) != html


def test_links_inside_the_site_survive_a_change_beside_them():
    html = (
        '<p>See <a id="3" linktype="page">this</a> and <a id="4" linktype="document">that</a>.</p>'
    )
    changed = to_html(to_marks(html).replace("See", "Read"), before=html)
    assert changed == html.replace("See", "Read")


def test_marks_that_cannot_be_read_lose_no_word():
    assert "left" in to_marks("<p>left<b>open</p>")


@pytest.mark.parametrize(
    "piece", ["*a ", "[a](x", "[", "_a_ ", "\\[", "**", "- a\n  ", "![a](", "a_b*c "]
)
def test_a_long_text_of_nothing_but_marks_is_read_at_once(piece):
    html = to_html(piece * (50_000 // len(piece)))
    assert to_html(to_marks(html)) == html
