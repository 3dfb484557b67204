"""Answers show gaps by rules; a rule that can never hold is refused."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from countries.access import gaps_for
from countries.gaps import checking, loading
from countries.gaps.finding import refresh, refresh_all
from countries.models import Condition, Gap, GapKind, GapRule
from countries.questionnaires.versions import publish
from tests.countries import asked
from tests.countries.shown import gap, rule
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


@kept
def law(db):
    return asked.question("law", may_be_public=True)


@kept
def groups(law):
    return asked.question("groups", "several-of", ["transit", "left-behind"], may_be_public=True)


@kept
def census(groups):
    return asked.question("census", "year", may_be_public=True)


def found(assessment):
    refresh(assessment)
    return {
        (each.kind.code, tuple(sorted(a.question.code for a in each.answers.all())))
        for each in Gap.objects.filter(assessment=assessment)
    }


@pytest.mark.parametrize(
    ("test", "values", "answer", "holds"),
    [
        ("is", "no", {"value": "no"}, True),
        ("is", "no, partly", {"value": "partly"}, True),
        ("is", "no", {"value": "yes"}, False),
        ("is-not", "yes", {"value": "no"}, True),
        ("is-not", "yes", {"value": "yes"}, False),
        ("is-not", "yes", {"not_known": True}, False),
        ("is", "no", {"not_known": True}, False),
        ("not-known", "", {"not_known": True}, True),
        ("not-known", "", {"value": "no"}, False),
    ],
)
def test_an_answer_meets_a_condition_or_not(law, test, values, answer, holds):
    round_ = asked.assessment(law)
    rule(("law", test, values))
    asked.answer(round_, law, **answer)
    assert found(round_) == ({("no-law", ("law",))} if holds else set())


def test_one_of_several_answers_is_enough(groups, law):
    round_ = asked.assessment(groups)
    rule(("groups", "is", "transit"))
    rule(("groups", "is-not", "left-behind"), kind=gap("left-out"))
    asked.answer(round_, groups, ["transit"])
    assert found(round_) == {("no-law", ("groups",)), ("left-out", ("groups",))}


def test_years_and_numbers_are_compared(census):
    round_ = asked.assessment(census)
    rule(("census", "below", "2015"))
    answer = asked.answer(round_, census, 2014)
    assert found(round_) == {("no-law", ("census",))}
    answer.value = 2015
    answer.save()
    assert found(round_) == set()


def test_all_conditions_of_a_rule_must_hold_and_the_gap_names_their_answers(census, groups, law):
    round_ = asked.assessment(census)
    rule(("law", "is", "no"), ("groups", "is", "transit"))
    asked.answer(round_, law, "no")
    assert found(round_) == set()
    asked.answer(round_, groups, ["transit"])
    assert found(round_) == {("no-law", ("groups", "law"))}


def test_what_is_not_answered_shows_nothing_and_an_empty_rule_neither(law):
    round_ = asked.assessment(law)
    rule(("law", "is-not", "yes"))
    rule(kind=gap("empty"))
    assert found(round_) == set()


def test_what_is_stored_follows_answers_and_rules(law):
    round_ = asked.assessment(law)
    made = rule(("law", "is", "no"))
    answer = asked.answer(round_, law, "no")
    assert found(round_) == found(round_) == {("no-law", ("law",))}
    first = Gap.objects.get()
    made.conditions.update(values="yes")
    refresh_all.func()
    assert not Gap.objects.exists()
    answer.value = "yes"
    answer.save()
    assert found(round_) == {("no-law", ("law",))}
    assert Gap.objects.get().pk != first.pk


def test_a_gap_is_known_to_others_only_where_each_of_its_answers_is_public(census, groups, law):
    round_ = asked.assessment(census)
    rule(("law", "is", "no"), ("groups", "is", "transit"))
    public = asked.answer(round_, law, "no", public=True)
    private = asked.answer(round_, groups, ["transit"])
    refresh(round_)
    team, other, office = (
        people.representative("GEO"),
        people.representative("CHL"),
        people.secretariat(),
    )

    def knows(user):
        return gaps_for(user).exists()

    assert [knows(each) for each in (team, office, other, None)] == [True, True, False, False]
    private.public = True
    private.save()
    assert knows(other)
    assert knows(None)
    public.public = False
    public.save()
    assert not knows(other)


def test_what_may_not_be_public_shows_nobody_else_a_gap(db):
    secret = asked.question("secret", may_be_public=False)
    round_ = asked.assessment(secret)
    rule(("secret", "is", "no"))
    asked.answer(round_, secret, "no", public=True)
    refresh(round_)
    assert gaps_for(people.representative("GEO")).exists()
    assert not gaps_for(people.member("CHL")).exists()


def test_only_the_newest_round_that_was_answered_counts(law):
    team = people.representative("GEO")
    first = asked.assessment(law)
    rule(("law", "is", "no"))
    asked.answer(first, law, "no")
    refresh(first)
    second = asked.assessment(law)
    assert gaps_for(team).exists()  # nothing is answered there yet
    asked.answer(second, law, "yes")
    refresh(second)
    assert not gaps_for(team).exists()


@pytest.mark.parametrize(
    ("question", "test", "values", "told"),
    [
        ("missing", "is", "no", "There is no question “missing”"),
        ("law", "is", "perhaps", "The answers to this question are: no, partly, yes."),
        ("law", "is", "", "The answers to this question are"),
        ("law", "below", "3", "Only numbers and years"),
        ("census", "below", "soon", "Give one number"),
        ("census", "below", "1, 2", "Give one number"),
        ("census", "is", "2015", "Answers to this question are no codes"),
        ("law", "not-known", "no", "compared with no value"),
    ],
)
def test_a_rule_that_can_never_hold_is_refused(census, question, test, values, told):
    publish(census.version)
    made = rule()
    wrong = Condition(rule=made, question=question, test=test, values=values)
    with pytest.raises(ValidationError, match=told):
        wrong.full_clean()


def test_a_rule_that_can_hold_is_taken(census):
    publish(census.version)
    made = rule()
    for question, test, values in (("law", "is", "no"), ("census", "above", "2015")):
        Condition(rule=made, question=question, test=test, values=values).full_clean()


def test_rules_of_a_question_that_a_new_version_drops_are_told(law):
    publish(law.version)
    made = rule(("law", "is", "no"))
    assert checking.broken([made]) == []
    kept = asked.question("another")  # the draft of the next version, without the first question
    publish(kept.version)
    [(broken, told)] = checking.broken([made])
    assert broken == made
    assert "There is no question “law”" in told


def test_the_gaps_that_come_along_fit_the_questionnaires_and_are_loaded_once(db):
    call_command("load_questionnaires", verbosity=0)
    count = GapKind.objects.count()
    assert count == 17
    assert checking.broken(GapRule.objects.all()) == []
    kind = GapKind.objects.first()
    kind.title_en = "As the secretariat calls it"
    kind.save()
    assert loading.load() == 0
    assert GapKind.objects.count() == count
    assert GapKind.objects.get(pk=kind.pk).title_en == "As the secretariat calls it"
    for each in GapKind.objects.all():
        for language in ("es", "fr", "ar"):
            assert getattr(each, f"title_{language}")
            assert getattr(each, f"ask_{language}")
