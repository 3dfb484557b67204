"""What is new in an answer is kept, whatever program wrote it; what was quoted is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.inbound.mails import read_mail
from communities.inbound.trimming import trimmed
from communities.inbound.writing import as_post
from tests.communities.inbound.letters import MAILS, NAMES, expected, stored

EVERY = sorted(path.stem for path in MAILS.glob("*.eml"))


def new_in(name):
    mail = read_mail(stored(name)).open()
    names = [NAMES[name.rpartition("-")[2]]]
    return as_post(trimmed(mail.text.said, names, mail.header("Subject")), mail.text.wrapped)


@pytest.mark.parametrize("name", EVERY)
def test_what_is_new_in_a_mail_is_its_post(name):
    assert new_in(name) == expected(name)


def test_there_are_mails_of_each_program_in_each_language():
    programs = {name.rpartition("-")[0] for name in EVERY}
    assert len(programs) >= 20
    for language in ("en", "es", "fr", "ar"):
        assert sum(name.endswith(f"-{language}") for name in EVERY) >= 20


OWN = "Yes, since last year (invented)."
QUOTED = "> Do you count them (invented)?\n> Since when?"


@pytest.mark.parametrize(
    "announced",
    [
        "On Mon, Nov 23, 2026 at 9:41 AM X <x@example.org>\nwrote:\n\n" + QUOTED,
        "Em 23 de novembro de 2026 às 09:41, X (\nx@example.org) escreveu:\n\nunmarked",
        "пн, 23 нояб. 2026 г. в 09:41, X <x@example.org>:\n\nunmarked",
        "X <x@example.org>, 23 Kas 2026 Pzt, 09:41 tarihinde şunu yazdı:\n\n" + QUOTED,
        "X <x@example.org> schrieb:\n\n" + QUOTED,
        "2026-11-23 9:41 GMT+04:00 X <x@example.org>:\n\n" + QUOTED,
        "---- On Mon, 23 Nov 2026 09:41:00 +0400 x@example.org wrote ----\n\nunmarked",
        "> Subject: A thread\n> From: x@example.org\n> To: y@example.org\n> Date: 23 Nov\n>\n> X",
        "في الأحد، 22 نوفمبر 2026 في 7:58 م، تمت كتابة ما يلي بواسطة X\n<x@example.org>:\nقديم",
        "بتاريخ 22 نوفمبر، 2026 7:58 م، جاء من X\n<x@example.org>:\n\nقديم",
        "*Von:* X <x@example.org>\n*Gesendet:* 23. November 2026\n*An:* Y\n*Betreff:* Z\n\nX",
        "Van: X <x@example.org>\nVerzonden: 23 november 2026\nAan: Y\nOnderwerp: A thread\n\nX",
        QUOTED + "\n> And why?",
    ],
)  # fmt: skip
def test_what_programs_in_other_languages_quote_goes_too(announced):
    assert trimmed(f"{OWN}\n\n{announced}\n", subject="Re: A thread") == OWN


@pytest.mark.parametrize(
    "text",
    [
        "We met at 9:30.\nOn Nov 23, 2026 9:41 AM, \"X\" <x@example.org> wrote:\n" + QUOTED,
        "On 5 May we met at 9:30.\nOn Nov 23, 2026 9:41 AM, X <x@example.org> wrote:\n" + QUOTED,
    ],
)  # fmt: skip
def test_the_last_line_of_an_answer_is_not_taken_for_the_first_of_a_quotation(text):
    assert trimmed(text) == text.split("\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        "They come from: the register, and go to: the survey (invented).",
        "2026-11-23 09:41:00\n23.11.2026 09:41\nThese are only examples:\n\nas I said.",
        "See this (invented):\n\n---------- Forwarded message ---------\nFrom the ministry: yes.",
        "On the other hand, they wrote:\n\nno.",
        "He asked at 9:30:\n\n> Do you count them?\n\nand I did not know.",
        "Este mensaje lleva adjunto el formulario.",
        "This message explains the attachment.",
        "One (invented).\n\n-- a dash\n\nTwo.",
        "The law says:\n> Nobody is counted twice.",
    ],
)
def test_in_doubt_a_text_stays_whole(text):
    assert trimmed(text, ["Member Invented"]) == text


def test_a_name_in_a_sentence_is_no_signature():
    text = "Member Invented asked me to answer this for the whole office.\n\nWe do."
    assert trimmed(text, ["Member Invented"]) == text


@pytest.mark.parametrize(
    "text",
    [
        "There were:\nOther Person\nMember Invented\nThird Person",
        "There were:\n\nMember Invented\nThird Person",
        "There were\n- Member Invented\n- Third Person",
    ],
)
def test_a_name_among_others_is_no_signature(text):
    assert trimmed(text, ["Member Invented"]) == text


def test_what_is_written_below_a_signature_is_kept():
    text = "-- \nMember Invented\n\nYes, we count them since the law of last year says so.\n"
    assert "Yes, we count them" in trimmed(text, ["Member Invented"])
    assert trimmed("-- \nMember Invented\nTel. +00", ["Member Invented"]) == ""


HEAD = "\n\nFrom: X <x@example.org>\nSent: Monday, November 23, 2026\nTo: Y\nSubject: Z\n\n"


@pytest.mark.parametrize(
    "hint",
    ["See my answers below in red.", "Mis respuestas están abajo.", "Voir ci-dessous en bleu.",
     "إجاباتي أدناه باللون الأحمر."],
)  # fmt: skip
def test_answers_inside_a_quotation_that_nothing_marks_are_kept_with_it(hint):
    text = hint + HEAD + "Do you count them? Yes, we do. Since when? Since last year."
    assert trimmed(text) == hint + "\n\n" + text[text.index("Do you") :]
    assert trimmed("Yes, we do." + HEAD + "Do you count them?") == "Yes, we do."


@pytest.mark.parametrize("name", ["Dr. Member Invented", "MEMBER INVENTED", "Mémber Invénted"])
def test_a_signature_goes_from_the_name_on(name):
    text = f"We do.\n\nBest regards,\n{name}\nHead of office\nTel. +00 000"
    assert trimmed(text, ["Member Invented"]) == "We do.\n\nBest regards,"


@given(st.text(alphabet=st.sampled_from("> \n-_:.@<>aé\u202bكOnwrote12"), max_size=400))
def test_trimming_never_fails(text):
    assert isinstance(as_post(trimmed(text, ["a"], "b"), wrapped=True), str)


# What takes time by the square of its length takes minutes.
SECONDS = 5
LONG = 50_000
HOSTILE = {
    "dashes": "-" * LONG,
    "lines of dashes": "--\n" * (LONG // 3),
    "spaces": " " * LONG,
    "marks": ">\n" * (LONG // 2),
    "nested marks": ">" * LONG,
    "openings": "On " * (LONG // 3),
    "lines of openings": "On 1:00\n" * (LONG // 8),
    "closings": "On 1:00 <a@b> wrote:\n" * (LONG // 21),
    "heads": "From:\n" * (LONG // 6),
    "whole heads": "From: a@b\nSent: 1\nTo: c\n" * (LONG // 25),
    "telephones": "Sent from my iPhone\n" * (LONG // 20),
    "warnings": "Confidential attachment recipient\n\n" * (LONG // 35),
    "names": "Member Invented\n" * (LONG // 16),
    "brackets": "<" * LONG,
    "addresses": "<a@" * (LONG // 3),
    "colons": ":\n" * (LONG // 2),
    "stars": "*" * LONG,
    "backslashes": "\\" * LONG,
    "ampersands": "&" * LONG,
    "marks of accents": "a" + "\u0301\u0323" * (LONG // 2),
    "marks of accents in a name": ("Member Invented" + "\u0301\u0323" * 40 + "\n") * 500,
    "interleaved": "> a\nb\n" * (LONG // 6),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_text_takes_long(kind):
    began = time.process_time()
    as_post(trimmed(HOSTILE[kind], ["Member Invented"], "A thread"), wrapped=True)
    assert time.process_time() - began < SECONDS
