"""The name that a file came with is shown and saved, and can do nothing."""

import pytest

from communities.attachments.names import MOST_BYTES, clean_name, ending_of, told_apart


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\jane\\report.pdf", "report.pdf"),
        ("two\r\nlines\x00.pdf", "two lines.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"),
        ('a<b>"c|d?.pdf', "a_b__c_d_.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        (".pdf", "file.pdf"),
        ("", "file."),
        ("dots.pdf. .", "dots.pdf"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
        ("\u062a\u0642\u0631\u064a\u0631.docx", "\u062a\u0642\u0631\u064a\u0631.docx"),
    ],
)
def test_a_name_is_cleaned(given, kept):
    assert clean_name(given) == kept


@pytest.mark.parametrize("letter", ["a", "\u0639", "\U0001f600"])
def test_a_long_name_is_cut_and_keeps_its_ending(letter):
    name = clean_name(letter * 300 + ".pdf")
    assert len(name.encode()) <= MOST_BYTES
    assert (ending_of(name), name[0]) == ("pdf", letter)


def test_names_are_told_apart_whatever_their_case():
    assert list(told_apart(["a.pdf", "A.pdf", "b.pdf", "a.pdf"])) == [
        "a.pdf", "A (2).pdf", "b.pdf", "a (3).pdf"
    ]  # fmt: skip
