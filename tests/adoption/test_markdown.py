"""What members write can be read and does nothing else."""

import html.parser

import pytest

from core.markdown import TAGS, rendered
from tests.adoption import told
from tests.adoption.told import url

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi//xlink:href='javascript:alert(1)'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "<javascript:alert(1)>",
    "![x](https://example.org/pixel.png)",
    '![x](x "onerror=alert(1)")',
    '[x](https://example.org "onmouseover=alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "<a href='https://example.org' onclick='alert(1)'>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "\u202e<script>alert(1)</script>",
    "<" * 3000,
    "[" * 3000,
    "> " * 2000,
    "*" * 4000,
]


class Tags(html.parser.HTMLParser):
    """What a browser would find in a text."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_acts_is_left(payload):
    for tag, attributes in Tags(rendered(payload)).found:
        assert tag in TAGS
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set())
        address = attributes.get("href", "https:")
        assert address.partition(":")[0] in ("https", "http", "mailto", "x")  # x: beside this page


def test_links_are_marked_as_written_by_members():
    ((tag, attributes),) = Tags(rendered("[x](https://example.org)")).found[1:]
    assert (tag, attributes["rel"]) == ("a", "ugc nofollow noopener")


def test_what_markdown_is_for_works():
    html_text = rendered(
        "**bold** and *italic*\nnew line\n\n- one\n- two\n\n> said\n\n<https://a.b>"
    )
    for part in (
        "<strong>bold</strong>",
        "<em>",
        "<br>",
        "<li>two</li>",
        "<blockquote>",
        "https://a.b",
    ):
        assert part in html_text


@pytest.mark.parametrize("text", ["1 < 2 & 3 > 2", "2022.", "# not a heading", "    indented"])
def test_plain_text_stays_plain(text):
    found = {tag for tag, _attributes in Tags(rendered(text)).found}
    assert found <= {"p", "ol", "li"}


@pytest.mark.django_db
def test_no_page_runs_what_somebody_wrote(practice, author, peer, signed_in):
    evil = "</p></div></article><script>alert(1)</script><img src=x onerror=alert(1)>"
    said = told.feedback(practice, peer, evil, kind="suggestion")
    adoption = told.adoption(practice, peer, changed=evil, result_note=evil)
    office = said.institution
    office.name = f"Office {evil}"
    office.save()
    client = signed_in(author)
    for address in (
        practice.url,
        url("overview"),
        url("practice", practice.pk),
        url("answer", said.pk),
        url("adaptation", adoption.pk),
        url("confirm", adoption.pk),
    ):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text, address
        assert "<img src=x" not in text, address
