"""Questions on the demo knowledge base, with what must be among the first three answers."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from search.engine import find
from search.viewer import ANYONE

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("en", "es", "fr", "ar")
FIRST = 3


@cache
def golden(language):
    return yaml.safe_load((GOLDEN / f"{language}.yaml").read_text("utf-8"))


def asked(*languages):
    """(language, question) of all that have an answer."""
    return [(code, each) for code in languages for each in golden(code) if "any" in each]


def is_answered(language, each):
    hits = find(each["question"], ANYONE, limit=FIRST, language=language).hits
    return any(hit.card.url.rstrip("/").rpartition("/")[2] in each["any"] for hit in hits)


def share_answered(questions):
    """The share, and what failed, for the message."""
    failed = [each["question"] for language, each in questions if not is_answered(language, each)]
    return 1 - len(failed) / len(questions), failed


def nonsense():
    found = yaml.safe_load((GOLDEN / "nonsense.yaml").read_text("utf-8"))
    return [(code, line.strip()) for code, text in found.items() for line in text.splitlines()]


def test_there_are_enough_questions_in_four_languages():
    assert sum(len(golden(code)) for code in LANGUAGES) >= 60
    assert all(any(each.get("nothing") for each in golden(code)) for code in LANGUAGES)
    assert len(nonsense()) >= 200


def test_expected_pages_exist(seeded):
    from wagtail.models import Page

    slugs = set(Page.objects.live().values_list("slug", flat=True))
    wanted = {slug for _code, each in asked(*LANGUAGES) for slug in each["any"]}
    assert wanted - slugs == set()


@pytest.fixture
def vocabulary_alone(seeded, settings):
    """The demo knowledge base as it is where no translation and no dictionary are installed."""
    from django.core.management import call_command

    settings.SEARCH_LAYERS = ["words", "meaning", "vocabulary"]
    call_command("reindex")


def test_questions_of_officials_are_answered_in_the_first_three(seeded):
    share, failed = share_answered(asked(*LANGUAGES))
    assert share >= 0.8, failed


def test_the_vocabulary_alone_bridges_the_languages(vocabulary_alone):
    share, failed = share_answered(asked("es", "fr", "ar"))
    assert share >= 0.8, failed


def test_nonsense_is_refused_and_real_questions_are_not(seeded):
    without = [
        (code, each["question"])
        for code in LANGUAGES
        for each in golden(code)
        if each.get("nothing")
    ]
    answered = [
        question
        for code, question in without + nonsense()
        if find(question, ANYONE, language=code).relevant
    ]
    assert len(answered) <= 0.05 * len(without + nonsense()), answered
    assert "best pizza recipe" not in answered
    refused = [
        each["question"]
        for code, each in asked(*LANGUAGES)
        if not find(each["question"], ANYONE, language=code).relevant
    ]
    assert len(refused) <= 0.04 * len(asked(*LANGUAGES)), refused


def test_more_words_do_not_lose_what_fewer_words_find(seeded):
    """Three to five words of one thing each find it; the longest as well as the shortest."""
    for wanted, *questions in (
        (
            "georgia-unified-migration-data",
            "Georgia migration data",
            "Georgia migration data ministries",
            "Georgia migration data many ministries",
        ),
        (
            "mobile-phone-records-for-migration-estimates",
            "mobile phone records",
            "mobile phone records migration",
            "mobile phone records internal migration estimates",
        ),
        (
            "romania-children-left-behind-by-migrating-parents",
            "children left behind",
            "children left behind Romania",
            "children left behind law Romania",
        ),
    ):
        for question in questions:
            assert is_answered("en", {"question": question, "any": [wanted]}), question
