"""Questions with the country that asks: read strictly, asked twice, and nothing stays behind."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from countries.models import ProfileEntry
from search.evaluation import pairs
from search.evaluation.metrics import precision
from search.evaluation.pairs import Asked, Figures, Pair
from search.evaluation.pairs_report import PairsReport
from search.evaluation.relevance_set import RelevanceSetError

PAIRS = Path(__file__).parent / "golden" / "for-countries.yaml"
PAIR = Pair("A question (invented)", "es", "PAN", {"best": 2.0, "also": 1.0})


def asked(without, given):
    return Asked(PAIR, Figures.of(without, PAIR), Figures.of(given, PAIR))


def test_both_grades_count_and_the_best_come_first():
    figures = Figures.of(["also", "other", "best"], PAIR)
    assert (figures.precision, figures.reciprocal) == (2 / 3, 1 / 3)
    assert Figures.of(["best", "also"], PAIR) == Figures(1.0, 2 / 3, 1.0)
    assert precision(["a"], {"a": 1.0}, 3) == pytest.approx(1 / 3)


def test_what_gained_and_what_lost_is_told():
    right, wrong = ["best", "also"], ["also", "best"]
    report = PairsReport("few", [asked(right, wrong), asked(wrong, right), asked(right, right)])
    told = report.as_json()
    assert (told["better"], [one["for"] for one in told["worse"]]) == (1, ["PAN"])
    assert set(told["figures"]) == {"all", "es"}
    assert told["figures"]["es"]["with"] == told["figures"]["es"]["without"]
    assert told["gain"]["low"] < 0 < told["gain"]["high"]
    lines = list(report.as_lines())
    assert any("1 better, 1 the same, 1 worse" in line for line in lines)
    assert "A question (invented)" in lines[-1]


def test_the_pairs_are_enough_and_asking_them_changes_nothing(seeded, settings):
    read = pairs.read(PAIRS)
    assert len(read) >= 40
    assert {each.language for each in read} == {"en", "es", "fr", "ar"}
    settings.TRAINING_SITE, settings.SEARCH_LAYERS = True, ["words"]
    told = StringIO()
    more = {"after": "load_invented_countries", "queries": 1, "json": True}
    call_command("evaluate_search", PAIRS, stdout=told, stderr=StringIO(), **more)
    assert json.loads(told.getvalue())["pairs"] == 1
    assert not ProfileEntry.objects.exists()


def test_a_site_without_these_practices_is_told_what_to_do(vocabulary):
    with pytest.raises(CommandError, match=r"manage\.py seed"):
        call_command("evaluate_search", PAIRS, stdout=StringIO(), stderr=StringIO())
    with pytest.raises(CommandError, match="--ablate is for a set"):
        call_command("evaluate_search", PAIRS, ablate=True)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("- {for: PAN, lang: es, ask: a}", "question 1: expected"),
        ("- {for: PAN, lang: xx, ask: a, best: [a], also: []}", "no language 'xx'"),
        ("- {for: XXX, lang: es, ask: a, best: [a], also: []}", "no country 'XXX'"),
        ("- {for: PAN, lang: es, ask: a, best: [a], also: [a]}", "named twice"),
        ("- {for: PAN, lang: es, ask: a, best: [], also: [a]}", "`best` is empty"),
        ("{}", "expected a list"),
        ("[", "cannot be read"),
    ],
)
def test_a_question_that_cannot_be_read_is_named(vocabulary, tmp_path, line, told):
    path = tmp_path / "pairs.yaml"
    path.write_text(line, "utf-8")
    with pytest.raises(RelevanceSetError, match=told):
        pairs.read(path)
