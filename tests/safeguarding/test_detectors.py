"""What the detectors catch of planted sentences, how often they cry wolf, and how long it takes."""

import time
from collections import Counter

import pytest

from safeguarding.detectors import DETECTORS, find_in
from safeguarding.detectors.contacts import is_office
from safeguarding.detectors.identifiers import is_iban
from safeguarding.detectors.sentences import sentences
from tests.safeguarding.planted import safe, unsafe

LANGUAGES = ("en", "es", "fr", "ar")
# What new texts may expect (held out) and what the rules were tuned to; measured: 0.95 and 0.01.
CAUGHT_AT_LEAST, FALSE_AT_MOST = 0.9, 0.03


def found_in(text):
    return [each for sentence in sentences(text) for each in find_in(sentence)]


def caught(rows):
    return [kind in {found for found, _match in found_in(text)} for _code, kind, text in rows]


def test_the_planted_set_is_large_enough():
    assert len(unsafe() + unsafe("unsafe_held_out")) >= 120
    assert len(safe() + safe("safe_held_out")) >= 200
    for rows, fewest in ((unsafe() + unsafe("unsafe_held_out"), 40), (safe(), 40)):
        assert min(Counter(row[0] for row in rows)[code] for code in LANGUAGES) >= fewest
    assert {row[1] for row in unsafe()} == set(DETECTORS)


@pytest.mark.parametrize("name", ["unsafe", "unsafe_held_out"])
def test_most_of_what_is_unsafe_is_caught(name, capsys):
    rows = unsafe(name)
    hits = caught(rows)
    share = sum(hits) / len(rows)
    with capsys.disabled():
        print(f"\n{name}: {sum(hits)} of {len(rows)} caught ({share:.1%})", end=" ")
    missed = [row for row, hit in zip(rows, hits, strict=True) if not hit]
    assert share >= (CAUGHT_AT_LEAST if "held" in name else 0.98), missed


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_language_is_left_behind(code):
    rows = [row for row in unsafe() + unsafe("unsafe_held_out") if row[0] == code]
    assert sum(caught(rows)) / len(rows) >= CAUGHT_AT_LEAST


@pytest.mark.parametrize("name", ["safe", "safe_held_out"])
def test_little_of_what_is_safe_is_flagged(name, capsys):
    rows = safe(name)
    flagged = [(row, found) for row in rows if (found := found_in(row[1]))]
    share = len(flagged) / len(rows)
    with capsys.disabled():
        print(f"\n{name}: {len(flagged)} of {len(rows)} flagged ({share:.1%})", end=" ")
    assert share <= (FALSE_AT_MOST if "held" in name else 0.01), flagged


@pytest.mark.parametrize(
    "text",
    [
        "Amina\u200b Diallo, aged 14, fled alone.",
        "Amina Diallo,\u00a0aged\u202f14, fled alone.",
        "Amina Diallo, aged \uff11\uff14, fled alone.",
        "Ami\u00adna Dial\u00adlo, aged 14, fled alone.",
    ],
)
def test_marks_that_nobody_sees_hide_nothing(text):
    assert "person" in {kind for kind, _match in found_in(text)}


@pytest.mark.parametrize(
    ("address", "office"),
    [
        ("statistics@geostat.example", True),
        ("info.migration@example.org", True),
        ("geostat-data@geostat.example", True),
        ("data2@example.org", True),
        ("datainfo@example.org", True),
        ("maria.lopez@example.org", False),
        ("mlopez@example.org", False),
        ("m.data@example.org", False),
        ("amina@example.org", False),
    ],
)
def test_an_office_is_told_from_a_person_by_the_words_before_the_at_sign(address, office):
    assert is_office(address) == office


def test_an_account_number_must_have_the_right_check_digits():
    assert is_iban("GB82 WEST 1234 5698 7654 32")
    assert not is_iban("GB83 WEST 1234 5698 7654 32")


HOSTILE = [
    '"', "(", "[[", "@a", "a@", "a.a.", "a@a.", "0", "1 ", "+1", "A. ", "A", "Aa ", "Aa-", "de ",
    "Aa de ", "born ", "passport ", "1.1111,", "٣", "ال", "محمد ", "mother of ", "3 very ", "rue ",
    "1 rue de la ", "“I ", "GB82 ", "<td>", "\u200b", "aged 14 ", ", 14 ", "1\u00b0",
    "her name is ", "girl ", "tel ", "href=\"", "No. ", "12 Aa Aa ",
]  # fmt: skip


def cost(text):
    begun = time.process_time()
    found_in(text)
    return time.process_time() - begun


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_no_more_than_its_length(piece):
    """50 kB in far less than a second (X07); a rule that is not linear takes minutes."""
    assert cost((piece * 50_000)[:50_000]) < 5
