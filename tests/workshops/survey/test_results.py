"""What is told adds up, and is told of nobody."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.members import people
from tests.workshops import room
from workshops.models import Survey, SurveyAnswer, SurveyQuestion
from workshops.survey.results import FEWEST, broken_down, results_of, told_of
from workshops.survey.shares import adding_up, of

Kind = SurveyQuestion.Kind


@given(st.lists(st.integers(0, 200), min_size=1, max_size=12))
def test_percentages_add_up_and_are_off_by_less_than_one(counts):
    shares = adding_up(counts)
    total = sum(counts)
    assert sum(shares) == (100 if total else 0)
    for count, share in zip(counts, shares, strict=True):
        assert not total or abs(share - 100 * count / total) < 1


def test_the_largest_remainder_is_rounded_up():
    assert adding_up([1, 1, 1]) == [34, 33, 33]
    assert adding_up([17, 1]) == [94, 6]
    assert [of(count, 18) for count in (17, 14, 15, 18, 0)] == [94, 78, 83, 100, 0]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), max_size=8))
def test_what_is_not_told_cannot_be_worked_out_from_the_whole(sizes):
    told = told_of(sizes)
    hidden = [size for group, size in sizes.items() if group not in told and size]
    assert all(sizes[group] >= FEWEST for group in told)
    # The rest, which anybody can work out, is of five or more, whenever anything is told.
    assert not told or not hidden or sum(hidden) >= FEWEST
    if told and any(size < FEWEST for size in hidden):
        assert len(hidden) > 1  # a single small group would be the difference


def survey_of(answers, *questions):
    """A closed survey with these answers, each a list of values in the order of its questions."""
    survey = Survey.objects.create(workshop=room.workshop("GEO"), title="A survey (invented)")
    rows = [
        SurveyQuestion.objects.create(survey=survey, place=place, text=f"Question {place}?", **told)
        for place, told in enumerate(questions)
    ]
    for values in answers:
        said = {str(row.pk): each for row, each in zip(rows, values, strict=True) if each}
        quoted = values[-1] == "Quote me"
        SurveyAnswer.objects.create(survey=survey, said=said, may_quote=quoted)
    survey.opened_at = survey.closed_at = "2026-11-25T10:00Z"
    survey.save()
    return survey


OFFICE = {"kind": Kind.CHOICE, "options": ["Statistics", "Interior", "Schools"], "groups": True}
GOOD = {"kind": Kind.CHOICE, "options": ["Good", "Bad"]}


@pytest.mark.django_db
def test_nothing_is_told_of_four_and_all_of_five():
    four = survey_of([["0"]] * 4, GOOD)
    assert (results_of(four).n, results_of(four).results) == (4, [])
    five = results_of(survey_of([["0"]] * 5, GOOD))
    assert [(line.count, line.percent) for line in five.results[0].lines] == [(5, 100), (0, 0)]
    # A question that four of nine answered is not told, the others are.
    mixed = results_of(survey_of([["0", "0"]] * 4 + [["1", None]] * 5, GOOD, GOOD))
    assert [result.is_told for result in mixed.results] == [True, False]


@pytest.mark.django_db
def test_a_small_group_takes_the_next_one_along_so_that_it_cannot_be_worked_out():
    answers = [["0", "0"]] * 8 + [["1", "1"]] * 6 + [["2", "0"]] * 3
    survey = survey_of(answers, OFFICE, GOOD)
    groups = broken_down(survey, survey.questions.first())
    assert [(str(group.label), group.n) for group in groups] == [
        ("Statistics", 8), ("Interior", None), ("Schools", None)
    ]  # fmt: skip
    assert groups[1].results == groups[2].results == [None]
    assert groups[0].results[0].n == 8
    # Those who did not say where they work are a group, too.
    survey = survey_of([["0", "0"]] * 8 + [["1", "1"]] * 6 + [[None, "0"]] * 1, OFFICE, GOOD)
    assert [group.n for group in broken_down(survey, survey.questions.first())] == [8, None, None]


@pytest.mark.django_db
def test_within_groups_a_question_that_few_answered_is_not_told():
    answers = [["0", "0"]] * 8 + [["1", "1"]] * 2 + [["1", None]] * 4
    survey = survey_of(answers, OFFICE, GOOD)
    told = broken_down(survey, survey.questions.first())
    assert [group.n for group in told] == [8, 6]
    assert [group.results for group in told] == [[None], [None]]


@pytest.mark.django_db
def test_only_words_with_consent_leave_the_room():
    text = {"kind": Kind.OPEN}
    survey = survey_of([["0", "Quote me"], ["1", "Not me"], *[["0", "Nor me"]] * 4], GOOD, text)
    lead = Client()
    lead.force_login(room.facilitator(survey.workshop))
    shown = lead.get(reverse("workshop-survey-results", args=[survey.workshop_id, survey.pk]))
    assert "Not me" in shown.content.decode()
    table = reverse("workshop-survey-table", args=[survey.workshop_id, survey.pk, "csv"])
    taken = lead.get(table).content.decode("utf-8-sig")
    assert "Quote me" in taken
    assert "Not me" not in taken
    outsider = Client()
    outsider.force_login(people.representative("GEO"))
    assert outsider.get(table).status_code == 404
