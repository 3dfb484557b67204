"""The secretariat edits gaps and rules in the editor; what they find follows."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from countries.access import gaps_for
from countries.assessing.saving import Said, save_answers, seen_of
from countries.gaps.finding import refresh, refresh_all
from countries.models import Answer, Gap, GapRule
from countries.questionnaires.versions import publish
from search.viewer import ANYONE, Viewer
from tests.countries import asked, shown
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


@kept
def law(db):
    question = asked.question("law", may_be_public=True)
    publish(question.version)
    return question


def sent(kind, questionnaire, **condition):
    row = {"question": "law", "test": "is", "values": "no", "ORDER": "1", **condition}
    form = {f"conditions-0-{name}": value for name, value in row.items()}
    counts = {"TOTAL": 1, "INITIAL": 0, "MIN_NUM": 1, "MAX_NUM": 1000}
    totals = {f"conditions-{name}_FORMS": number for name, number in counts.items()}
    return {"gap": kind.pk, "questionnaire": questionnaire.pk} | totals | form


def test_a_rule_that_names_a_missing_question_is_refused_and_a_good_one_taken(client, law):
    kind, questionnaire = shown.gap(), law.version.questionnaire
    new = reverse("gap-rules:add")
    client.force_login(people.secretariat())
    answer = client.post(new, sent(kind, questionnaire, question="missing"))
    assert answer.status_code == 200
    assert "There is no question “missing”" in answer.content.decode()
    assert not GapRule.objects.exists()
    assert client.post(new, sent(kind, questionnaire)).status_code == 302
    assert [str(each) for each in GapRule.objects.get().conditions.all()] == [
        "law is, or has among its answers no"
    ]


@pytest.mark.parametrize("name", ["gaps:index", "gap-rules:index", "gap-rules:add"])
def test_nobody_else_edits_them(client, law, name):
    client.force_login(people.secretariat())
    assert client.get(reverse(name)).status_code == 200
    client.force_login(people.representative("GEO"))
    assert client.get(reverse(name)).status_code in (302, 403)


def test_gaps_follow_an_answer_at_once_and_a_rule_by_the_worker(law):
    team, round_ = people.representative("GEO"), asked.assessment(law)
    shown.rule(("law", "is", "no"))
    asks = DBTaskResult.objects.filter(task_path=refresh_all.module_path)
    assert asks.count() == 1  # the rule and its condition ask once
    save_answers(round_, team, {law: (Said(value="no"), seen_of(None))})
    answer = Answer.objects.get()
    assert [each.pk for each in Gap.objects.get().answers.all()] == [answer.pk]
    save_answers(round_, team, {law: (Said(value="yes"), seen_of(answer))})
    assert not Gap.objects.exists()
    save_answers(round_, team, {law: (Said(value="no"), seen_of(Answer.objects.get()))})
    assert Gap.objects.exists()
    Answer.objects.get().delete()
    assert not Gap.objects.exists()


def test_a_gap_whose_answers_are_gone_is_known_to_nobody_else(law):
    round_ = asked.assessment(law)
    shown.rule(("law", "is", "no"))
    asked.answer(round_, law, "no", public=True)
    refresh(round_)
    other = people.representative("CHL")
    assert gaps_for(other).exists()
    Gap.answers.through.objects.all().delete()
    assert not gaps_for(other).exists()


def test_a_search_knows_private_gaps_of_one_s_own_country_only(law):
    from countries.facts import known_to

    round_ = asked.assessment(law)
    shown.rule(("law", "is", "no"))
    asked.answer(round_, law, "no")
    refresh(round_)
    fact = ("gap", "no-law")
    for user in (people.representative("GEO"), people.secretariat()):
        assert fact in known_to(Viewer.of(user))["GEO"]
    for viewer in (
        ANYONE,
        Viewer.of(people.representative("CHL")),
        Viewer.of(people.member("GEO")),
    ):
        assert fact not in known_to(viewer).get("GEO", ())
    assert gaps_for(people.representative("GEO")).exists()
