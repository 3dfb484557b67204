"""Whatever the bytes of a mail are, it is read, and what it says is what was written."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from communities.inbound import mails
from communities.inbound.mails import read_mail
from communities.inbound.writing import as_post
from core.markdown import rendered
from tests.communities.inbound.raw import HEAD, part, several


def said(raw):
    return read_mail(raw).open().text.said.strip()


# --- Letters ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "declared", "true"),
    [
        ("été à l'école", "iso-8859-1", "iso-8859-1"),
        ("“été” – 5 €", "iso-8859-1", "cp1252"),  # as Outlook calls it
        ("“été” – 5 €", "us-ascii", "cp1252"),
        ("été", "utf-8", "cp1252"),
        ("été", "iso-8859-1", "utf-8"),
        ("سجل السكان", "windows-1256", "windows-1256"),
        ("سجل السكان", "iso-8859-6", "iso-8859-6"),
        ("سجل السكان", "x-unknown", "utf-8"),
        ("реестр", "koi8-r", "koi8-r"),
        ("戶籍", "big5", "big5"),
        ("nación", "", "utf-8"),
        ("nación", '"utf-8"; charset="utf-8', "utf-8"),
        ("nación", "utf-16", "utf-16"),
    ],
)
def test_letters_are_read_in_whatever_charset_they_came(text, declared, true):
    assert said(HEAD + part(text.encode(true), charset=declared)) == text


@pytest.mark.parametrize(
    "charset", ["zlib", "bz2", "base64", "rot13", "punycode", "idna", "unicode_escape", "hex",
                "uu", "x" * 900, "utf-8\x00", "é", "mbcs", "undefined", "charmap"],
)  # fmt: skip
def test_what_is_no_charset_of_texts_does_no_harm(charset):
    raw = HEAD + part("été".encode("cp1252"), charset=charset)
    assert said(raw) == "été"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "7bit", "x-uuencode", "", "x"])
def test_a_broken_encoding_loses_no_mail(encoding):
    assert "word" in said(HEAD + part(b"a word =ZZ= \xff", encoding=encoding)) or encoding in (
        "base64",
        "x-uuencode",
    )


def test_what_nobody_sees_is_left_out_and_what_joins_letters_stays():
    text = "a\x00b\x1b[31mc\u202ed\u200be\ufefff 👩\u200d👧 نام\u200cها"
    assert said(HEAD + part(text.encode())) == "ab[31mcdef 👩\u200d👧 نام\u200cها"


def test_line_ends_of_every_kind_are_one():
    assert said(HEAD + part("a\r\nb\rc\nd\u2028e".encode())) == "a\nb\nc\nd\ne"


# --- Lines --------------------------------------------------------------------------------
def test_lines_that_flow_are_whole_again():
    text = b"One two \r\nthree.\r\n\r\n From here \r\non.\r\n> quoted \r\n> words\r\n-- \r\nX"
    told = said(HEAD + part(text, more="; format=flowed"))
    assert told == "One two three.\n\nFrom here on.\n> quoted words\n-- \nX"
    joined = part("كلم \r\nة".encode(), more="; format=flowed; delsp=yes")
    assert said(HEAD + joined) == "كلمة"


def test_lines_that_a_program_broke_are_joined_and_others_are_not():
    broken = (
        "We link both registers by a number that each person gets only once, and\ncompare them."
    )
    assert as_post(broken, wrapped=True) == broken.replace("\n", " ")
    written = "We link them:\nby number\nby name"
    assert as_post(written, wrapped=True) == written


# --- Parts --------------------------------------------------------------------------------
TWICE = "plain words\n\nplain words"
PLAIN, HTML = part(b"plain words"), part(b"<p>marked <b>words</b></p>", "text/html")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (HEAD + several(PLAIN, HTML, kind="alternative"), "plain words"),
        (HEAD + several(part(b" \r\n"), HTML, kind="alternative"), "marked words"),
        (HEAD + HTML, "marked words"),
        (HEAD + several(PLAIN, part(b"below the picture")), "plain words\n\nbelow the picture"),
        (HEAD + several(several(PLAIN, HTML, kind="alternative", mark="yy"), PLAIN), TWICE),
        (
            HEAD + several(PLAIN, part(b"x", "application/pgp-signature"), kind="signed"),
            "plain words",
        ),
        (
            HEAD + several(PLAIN, part(b"x", "application/pkcs7-signature"), kind="signed"),
            "plain words",
        ),
        (HEAD + b"Content-Type: multipart/mixed; boundary=none\r\n\r\nplain words", "plain words"),
        (HEAD + b"Content-Type: multipart/mixed\r\n\r\nplain words", "plain words"),
        (HEAD + b"\r\nplain words", "plain words"),
    ],
)  # fmt: skip
def test_the_text_is_found_in_whatever_part_it_stands(raw, told):
    mail = read_mail(raw).open()
    assert mail.text.said.strip() == told
    assert mail.files == []


def test_what_only_its_receiver_can_read_says_so():
    for kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        assert read_mail(HEAD + part(b"MII=", kind)).open().encrypted
    assert read_mail(HEAD + several(PLAIN, kind="encrypted")).open().encrypted
    assert not read_mail(HEAD + several(PLAIN, kind="signed")).open().encrypted


def test_files_are_told_from_texts_and_from_logos():
    message = EmailMessage(policy=SMTP)
    message["From"], message["Message-ID"] = "a@example.org", "<1@example.org>"
    message.set_content("See the files.")
    message.add_attachment("A text in a file.", filename="notes.txt")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    for size, name in ((500, "logo.png"), (60_000, "picture.png")):
        message.add_attachment(
            b"x" * size, maintype="image", subtype="png", filename=name, disposition="inline",
            cid=f"<{name}@x>",
        )  # fmt: skip
    mail = read_mail(message.as_bytes()).open()
    assert mail.text.said.strip() == "See the files."
    assert [each.get_filename() for each in mail.files] == ["notes.txt", "a.pdf", "picture.png"]


# --- Markup -------------------------------------------------------------------------------
def html(page):
    return said(HEAD + part(page.encode(), "text/html"))


def test_markup_becomes_text_with_its_lists_and_links():
    told = html(
        "<html><head><title>T</title><style>p{}</style><script>x()</script></head><body>"
        "<p>We use <a href='https://example.org/paper'>this paper</a>:</p>"
        "<ul><li>one</li><li>two</li></ul><div style='display:none'>hidden</div>"
        "<a href='javascript:x()'>that</a> <a href='https://example.org'>https://example.org</a>"
        "</body></html>"
    )
    assert told == (
        "We use this paper <https://example.org/paper>:\n\n* one\n* two\nthat https://example.org"
    )


def test_what_markup_quotes_is_marked_and_what_it_moves_in_is_not():
    assert html("<p>a</p><blockquote type='cite'>b<br>c<blockquote type='cite'>d</blockquote>"
                "</blockquote><p>e</p>") == "a\n\n> b\n> c\n> d\n\ne"  # fmt: skip
    moved = "<p>a</p><blockquote style='margin:0 0 0 40px;border:none;padding:0px'>b</blockquote>"
    assert html(moved) == "a\n\nb"


def test_words_that_are_split_by_markup_stay_words():
    assert html("<p><span>Ben</span><span>efit</span> <b>s</b>ocial</p>") == "Benefit social"


@pytest.mark.parametrize(
    "markup",
    [
        *("", " ", "<", "<p", "<!--", "\x00", "<html><body></body></html>", "<p>\xed\xa0\x80"),
        "<?xml version='1.0' encoding='latin-1'?><p>x</p>",
    ],
)
def test_broken_markup_does_no_harm(markup):
    assert isinstance(html(markup), str)


# --- Markdown -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "# We are number one",
        "Title\n=====\n-----",
        "2026. That was the year",
        "2) I do not think so",
        "+ 5 percent",
        "5*3*2 and a*b*c",
        r"C:\_data\[new]",
        "&lt;b&gt; &copy;",
        "~~~\ncode\n~~~",
        "    indented",
        "<b>bold</b> <script>x</script>",
        "snake_case_name and __init__.py",
    ],
)
def test_a_post_shows_what_was_written(text):
    from html import unescape

    from django.utils.html import strip_tags

    shown = unescape(strip_tags(rendered(as_post(text))))
    assert shown.split() == text.split()


def test_no_heading_comes_out_of_a_mail():
    for text in ("# a", "a\n===", "a\n---", "###### a", "> # a"):
        assert "<h" not in rendered(as_post(text)).replace("<hr>", "")
        assert "<hr" not in rendered(as_post(text))


def test_an_answer_is_never_shown_inside_what_it_answers():
    shown = rendered(as_post("> Which law?\nThe one on statistics."))
    assert "Which law?</p>\n</blockquote>\n<p>The one" in shown
    shown = rendered(as_post("- one\n- two\nThat is all."))
    assert "<p>That is all.</p>" in shown


# --- Size and time ------------------------------------------------------------------------
def test_of_a_huge_mail_the_text_is_read_and_the_files_are_not(monkeypatch):
    monkeypatch.setattr(mails, "LARGEST", 5000)
    monkeypatch.setattr(mails, "_BEGINNING", 3000)
    file = b"Content-Disposition: attachment; filename=a.pdf\r\n" + part(
        b"x" * 9000, "application/pdf"
    )
    mail = read_mail(HEAD + several(PLAIN, file)).open()
    assert mail.cut
    assert mail.text.said.strip() == "plain words"
    assert [each.get_filename() for each in mail.files] == ["a.pdf"]


@pytest.mark.parametrize(
    ("kind", "kept"), [("<a@b>", "<a@b>"), (" <a\r\n @b> ", "<a@b>"), ("<é@b>", None), ("", None),
                       ("<" + "a" * 300 + ">", None), ("<a\x07b>", None)],
)  # fmt: skip
def test_a_mail_without_a_sound_id_is_known_by_its_content(kind, kept):
    raw = f"From: a@b\r\nMessage-ID: {kind}\r\n\r\nx".encode()
    told = read_mail(raw).message_id
    assert told == kept or (kept is None and told.endswith("@without-an-id>"))
    assert read_mail(raw).message_id == told
    assert len(told) <= 255
