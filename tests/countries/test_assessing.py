"""An assessment: several people answer it, nobody overwrites another, it is locked on its day."""

import datetime

import pytest
from django.utils import timezone

from countries.assessing.facts import answers_of
from countries.assessing.public import public_answers
from countries.models import Answer, Assessment, Reopening
from tests.countries import asked, said
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@kept
def team():
    return people.representative("GEO")


def place(assessment, within="sources"):
    return f"/en/country/{assessment.about}/assessments/{assessment.pk}/modules/{within}/"


def shown(client, address):
    """The fields of the form as a browser would send them."""
    sent = {}
    for form in client.get(address).context["form"]:
        for name in form.fields:
            value = form[name].value()
            if name == "seen":
                value = form.token
            if value not in (None, False):
                sent[form[name].html_name] = True if value is True else value
    return sent


def test_what_is_typed_is_saved_signed_and_private(client, team):
    questions = asked.question("census"), asked.question("year", kind="year")
    assessment = asked.assessment(*questions)
    client.force_login(team)
    sent = shown(client, place(assessment)) | {
        "census-value": "partly",
        "census-source": "Law 5 (invented)",
        "census-note": "Ask again",
        "year-not_known": "on",
    }
    answer = client.post(place(assessment), sent, follow=True)
    assert "2 of 2 questions answered" in answer.content.decode()
    census, year = Answer.objects.order_by("pk")
    assert (census.value, census.source, census.note) == ("partly", "Law 5 (invented)", "Ask again")
    assert (census.author, census.country, census.public) == (team, "GEO", False)
    assert (year.value, year.not_known, year.is_given) == (None, True, True)
    assert answers_of(assessment) == {"census": "partly", "year": None}
    assert public_answers("GEO") == []


def test_saving_the_same_again_writes_nothing(client, team):
    question = asked.question("census")
    assessment = asked.assessment(question)
    client.force_login(team)
    for _time in range(2):
        sent = shown(client, place(assessment)) | {"census-value": "yes"}
        client.post(place(assessment), sent)
    assert Answer.objects.get().revision == 1


def test_a_newer_answer_of_another_is_shown_and_not_overwritten(client, team):
    question = asked.question("census")
    assessment = asked.assessment(question)
    other = people.representative("GEO")
    client.force_login(team)
    sent = shown(client, place(assessment)) | {"census-value": "yes", "census-source": "Mine"}
    asked.answer(assessment, question, "no", by=other, source="Theirs")
    answer = client.post(place(assessment), sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "has answered meanwhile" in page
    assert 'value="Mine"' in page  # what was typed is still there
    assert "Theirs" in page
    assert Answer.objects.get().value == "no"
    # Theirs is before their eyes now: keeping their own is a choice.
    form = next(iter(answer.context["form"]))
    client.post(place(assessment), sent | {"census-seen": form.token, "census-take": "mine"})
    assert (Answer.objects.get().value, Answer.objects.get().revision) == ("yes", 2)


def test_theirs_can_be_taken(client, team):
    question = asked.question("census")
    assessment = asked.assessment(question)
    client.force_login(team)
    sent = shown(client, place(assessment)) | {"census-value": "yes"}
    asked.answer(assessment, question, "no")
    token = next(iter(client.post(place(assessment), sent).context["form"])).token
    sent |= {"census-seen": token, "census-take": "theirs"}
    assert client.post(place(assessment), sent).status_code == 302
    assert (Answer.objects.get().value, Answer.objects.get().revision) == ("no", 1)


def test_two_who_answer_different_questions_of_a_form_lose_nothing(client, team):
    first, second = asked.question("first"), asked.question("second")
    assessment = asked.assessment(first, second)
    asked.answer(assessment, first, "yes")
    client.force_login(team)
    sent = shown(client, place(assessment)) | {"second-value": "no"}
    Answer.objects.filter(question=first).update(value="partly", revision=2)
    assert client.post(place(assessment), sent).status_code == 302
    assert answers_of(assessment) == {"first": "partly", "second": "no"}


def test_a_script_saves_one_answer_and_is_told_of_clashes(client, team):
    first, second = asked.question("first"), asked.question("second", kind="number")
    assessment = asked.assessment(first, second)
    client.force_login(team)
    sent = shown(client, place(assessment))
    one = {"only": "first", "first-value": "yes", "first-seen": sent["first-seen"]}
    answer = client.post(place(assessment), one, **JSON)
    assert answer.status_code == 200
    assert answer.json()["progress"] == "1 of 2 questions answered"
    assert answer.json()["seen"]["first"].startswith("1-")
    # The token of before does not overwrite what was saved since.
    again = client.post(place(assessment), one | {"first-value": "no"}, **JSON)
    assert again.status_code == 409
    assert [each["code"] for each in again.json()["clashes"]] == ["first"]
    assert answers_of(assessment) == {"first": "yes"}
    wrong = {"only": "second", "second-value": "many", "second-seen": sent["second-seen"]}
    refused = client.post(place(assessment), wrong, **JSON)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["id"] == "id_second-value"


def test_what_is_wrong_is_told_and_the_rest_is_saved(client, team):
    asked.question("first")
    second = asked.question("second", kind="number")
    assessment = asked.assessment(second)
    client.force_login(team)
    sent = shown(client, place(assessment)) | {
        "first-value": "yes",
        "second-value": "-4",
        "second-note": "Typed (invented)",
    }
    answer = client.post(place(assessment), sent)
    assert answer.status_code == 400
    assert "Typed (invented)" in answer.content.decode()
    assert answers_of(assessment) == {"first": "yes"}
    both = sent | {"second-value": "4", "second-not_known": "on"}
    assert "not both" in client.post(place(assessment), both).content.decode()


def test_it_is_locked_the_day_after_its_last(client, team):
    question = asked.question("census")
    assessment = asked.assessment(question, days=0)
    client.force_login(team)
    sent = shown(client, place(assessment)) | {"census-value": "yes"}
    assert client.post(place(assessment), sent).status_code == 302
    Assessment.objects.update(locks_on=timezone.localdate() - datetime.timedelta(days=1))
    refused = client.post(place(assessment), sent | {"census-value": "no", "census-note": "Words"})
    assert refused.status_code == 409
    assert "Words" in refused.content.decode()
    assert client.post(place(assessment), sent, **JSON).json()["closed"]
    assert Answer.objects.get().value == "yes"
    assert "census-value" not in client.get(place(assessment)).content.decode()


def test_it_is_not_answered_before_it_opens(client, team):
    assessment = asked.assessment(asked.question("census"))
    Assessment.objects.update(opens_on=timezone.localdate() + datetime.timedelta(days=1))
    client.force_login(team)
    assert client.post(place(assessment), {"census-value": "yes"}).status_code == 409
    assert not Answer.objects.exists()


def test_the_secretariat_opens_it_again_with_a_reason_and_the_team_does_not(client, team):
    question = asked.question("census")
    assessment = asked.assessment(question, days=-3)
    address = f"/en/country/GEO/assessments/{assessment.pk}/last-day/"
    until = timezone.localdate() + datetime.timedelta(days=9)
    sent = {"until": until.isoformat(), "reason": "A ministry came late (invented)."}
    client.force_login(team)
    assert client.get(address).status_code == client.post(address, sent).status_code == 404
    client.force_login(people.secretariat())
    assert client.post(address, sent | {"reason": ""}).status_code == 400
    yesterday = (timezone.localdate() - datetime.timedelta(days=1)).isoformat()
    assert client.post(address, sent | {"until": yesterday}).status_code == 400
    assert client.post(address, sent).status_code == 302
    assert Reopening.objects.get().reason == sent["reason"]
    client.force_login(team)
    assert sent["reason"] in client.get(address.removesuffix("last-day/")).content.decode()
    client.post(place(assessment), shown(client, place(assessment)) | {"census-value": "yes"})
    assert answers_of(assessment) == {"census": "yes"}


def test_the_team_begins_a_round_once(client, team):
    version = asked.question("census").version
    asked.publish(version)
    said.page_of("GEO")
    client.force_login(team)
    day = timezone.localdate()
    sent = {
        "questionnaire": version.questionnaire_id,
        "opens_on": day.isoformat(),
        "locks_on": (day + datetime.timedelta(days=30)).isoformat(),
    }
    address = "/en/country/GEO/assessments/"
    assert client.post(address, sent | {"locks_on": "2020-01-01"}).status_code == 400
    assert client.post(address, sent).status_code == 302
    again = client.post(address, sent)
    assert again.status_code == 400
    assert "A round of this questionnaire is open" in again.content.decode()
    made = Assessment.objects.get()
    assert (made.round, made.author, made.about) == (1, team, "GEO")
    Assessment.objects.update(locks_on=day - datetime.timedelta(days=1))
    assert client.post(address, sent).status_code == 302
    assert list(Assessment.objects.order_by("round").values_list("round", flat=True)) == [1, 2]


def test_an_answer_is_public_only_where_country_and_questionnaire_allow_it(client, team):
    open_one = asked.question("open", may_be_public=True)
    closed = asked.question("closed", may_be_public=False)
    assessment = asked.assessment(open_one, closed)
    client.force_login(team)
    sent = shown(client, place(assessment)) | {
        "open-value": "yes",
        "open-public": "on",
        "open-note": "For us",
        "closed-value": "yes",
        "closed-public": "on",
    }
    client.post(place(assessment), sent)
    (only,) = public_answers("GEO")
    assert (only.code, only.words, only.round) == ("open", "Yes", 1)
    assert "For us" not in repr(only)
    assert public_answers("CHL") == []


def test_the_team_withdraws_a_public_answer_after_the_last_day_and_others_do_not(client, team):
    question = asked.question("census", may_be_public=True)
    assessment = asked.assessment(question, days=-1)
    asked.answer(assessment, question, "yes", public=True)
    base = f"/en/country/GEO/assessments/{assessment.pk}/answers"
    said.page_of("CHL")
    for user in (people.member("GEO"), people.representative("CHL")):
        client.force_login(user)
        assert client.post(f"{base}/census/withdraw/").status_code == 404
    assert len(public_answers("GEO")) == 1
    client.force_login(team)
    assert "Make it private again" in client.get(place(assessment)).content.decode()
    for _time in range(2):
        assert client.post(f"{base}/census/withdraw/").status_code == 302
    assert client.post(f"{base}/other/withdraw/").status_code == 404
    assert public_answers("GEO") == []
    assert Answer.objects.get().value == "yes"


def test_nothing_that_may_harm_somebody_becomes_public(client, team):
    question = asked.question("words", kind="text", may_be_public=True)
    assessment = asked.assessment(question)
    client.force_login(team)
    harmful = {"words-value": "Ask anna@example.org about it.", "words-source": ""}
    sent = shown(client, place(assessment)) | harmful | {"words-public": "on"}
    assert client.post(place(assessment), sent).status_code == 400
    assert not Answer.objects.exists()
    del sent["words-public"]
    assert client.post(place(assessment), sent).status_code == 302
    assert Answer.objects.get().value == harmful["words-value"]


def test_what_is_typed_survives_a_session_that_ended(client, team):
    assessment = asked.assessment(asked.question("census"))
    sent = {"census-value": "yes", "census-note": "Typed (invented)"}
    answer = client.post(place(assessment), sent)
    assert (answer.status_code, "Typed (invented)" in answer.content.decode()) == (403, True)
    assert client.post(place(assessment), sent, **JSON).json() == {"signed_out": True}
    assert not Answer.objects.exists()


def test_a_forged_form_saves_nothing_and_shows_what_was_typed(team):
    from django.test import Client

    assessment = asked.assessment(asked.question("census"))
    client = Client(enforce_csrf_checks=True)
    client.force_login(team)
    answer = client.post(place(assessment), {"census-value": "yes", "census-note": "Typed"})
    assert (answer.status_code, "Typed" in answer.content.decode()) == (403, True)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("what", ["", "compared/", "modules/sources/", "list"])
def test_only_the_team_and_the_secretariat_open_an_assessment(client, what):
    question = asked.question("census", may_be_public=True)
    for number in (1, 2):
        assessment = asked.assessment(question, days=-1 if number == 1 else 5)
    asked.answer(assessment, question, "yes", public=True)
    address = f"/en/country/GEO/assessments/{assessment.pk}/{what}"
    if what == "list":
        address = "/en/country/GEO/assessments/"
    said.page_of("CHL")
    for user in (people.representative("GEO"), people.secretariat(), people.superuser()):
        client.force_login(user)
        assert client.get(address).status_code == 200
    others = people.member("GEO"), people.reviewer("GEO"), people.representative("CHL")
    for user in (people.person(), *others):
        client.force_login(user)
        assert client.get(address).status_code == 404
    # Through the desk of one's own country there is no way to another's.
    client.force_login(others[-1])
    own = client.get(address.replace("GEO", "CHL"))
    assert own.status_code == (200 if what == "list" else 404)
    client.logout()
    assert client.get(address).status_code == 302


def test_who_leaves_the_team_cannot_answer_any_more(client):
    question = asked.question("census")
    assessment = asked.assessment(question)
    user = people.representative("GEO")
    client.force_login(user)
    sent = shown(client, place(assessment)) | {"census-value": "yes"}
    day = timezone.localdate() - datetime.timedelta(days=1)
    user.roles.update(starts=day, ends=day)
    assert client.post(place(assessment), sent).status_code == 404
    assert not Answer.objects.exists()
