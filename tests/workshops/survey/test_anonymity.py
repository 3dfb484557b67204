"""Each link takes one answer, and nothing leads from an answer to a person."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.browsing import sent_as_a_browser_does
from tests.mail import sent
from tests.members import people
from tests.workshops import room
from tests.workshops.survey import asked
from workshops.models import (
    Survey,
    SurveyAnswer,
    SurveyForm,
    SurveyInvitation,
    SurveyQuestion,
)
from workshops.survey import building

pytestmark = pytest.mark.django_db
QUESTIONS = [
    {"kind": "choice", "text": "How was it?", "options": "Good\nBad"},
    {"kind": "open", "text": "What was missing?"},
]


@pytest.fixture
def office(client):
    client.force_login(people.secretariat())
    return client


@pytest.fixture
def workshop():
    return room.workshop("GEO")


def links():
    """{address: the newest link to answer by}."""
    return {mail.to[0]: mail.body.split("/workshop/survey/")[1].split("/")[0] for mail in sent()}


def test_an_invitation_is_answered_once_by_whoever_has_it(office, workshop):
    georgia, guest = people.representative("GEO"), room.registered(workshop)
    survey = asked.built(office, workshop, QUESTIONS)
    asked.step(office, survey, "open")
    assert survey.open_token == ""
    asked.step(office, survey, "invite")
    first = links()
    assert first.keys() == {georgia.email, guest.email}
    address = reverse("workshop-survey-answer", args=[first[georgia.email]])
    stranger = Client()
    assert "Thank you" in asked.answered(stranger, survey, ["0", "x"], address).content.decode()
    assert "has been used" in stranger.get(address).content.decode()
    again = asked.answered(Client(), survey, ["1", "y"], address)
    assert "has been used" in again.content.decode()
    assert SurveyAnswer.objects.count() == 1
    # The reminder goes to the other only, and the link of the first mail leads nowhere.
    asked.step(office, survey, "invite")
    assert len(sent()) == 3
    assert links()[guest.email] != first[guest.email]
    old = reverse("workshop-survey-answer", args=[first[guest.email]])
    assert stranger.get(old).status_code == 404


def test_nothing_leads_from_an_answer_to_a_person_or_a_time(office, workshop):
    fields = {field.name: field for field in SurveyAnswer._meta.get_fields()}
    assert fields.keys() == {"id", "survey", "said", "may_quote"}
    for model in (SurveyAnswer, SurveyForm, SurveyInvitation):
        kinds = {field.get_internal_type() for field in model._meta.concrete_fields}
        assert not kinds & {"DateField", "DateTimeField", "GenericIPAddressField"}
    assert [field.name for field in SurveyInvitation._meta.concrete_fields] == [
        *("id", "survey", "user", "digest", "used")
    ]
    survey = asked.built(office, workshop, QUESTIONS)
    asked.step(office, survey, "open-link")
    seen = []
    for number in range(4):
        asked.answered(Client(), survey, ["0", f"Words {number}"])
        seen.append(set(SurveyAnswer.objects.values_list("pk", flat=True)))
    # With each answer all of them get other numbers: none of them says when it came.
    assert not set.intersection(*seen[2:])
    assert not seen[0] & seen[3]
    member = Client()
    member.force_login(people.representative("GEO"))
    asked.answered(member, survey, ["1", ""])
    assert set(SurveyAnswer.objects.filter(may_quote=False)) == set(SurveyAnswer.objects.all())


def test_an_open_link_takes_each_form_and_each_browser_once(office, workshop):
    survey = asked.built(office, workshop, QUESTIONS, most=3)
    asked.step(office, survey, "open-link")
    address = asked.link_of(survey)
    phone, question = Client(), survey.questions.first().pk
    form = {"once": asked.once_of(phone, address), f"q{question}": "0"}
    assert "Thank you" in phone.post(address, form).content.decode()
    # Sent once more, also without the cookie, it is the same form; a new one is not handed out.
    assert "has been used" in phone.post(address, form).content.decode()
    assert "has been used" in Client().post(address, form).content.decode()
    assert asked.once_of(phone, address) == ""
    assert SurveyAnswer.objects.count() == 1
    asked.answered(Client(), survey, ["0", ""])
    asked.answered(Client(), survey, ["0", ""])
    full = asked.answered(Client(), survey, ["0", "Typed in vain"])
    assert full.status_code == 409
    assert "Typed in vain" in full.content.decode()  # to be copied
    assert SurveyAnswer.objects.count() == 3


def test_a_browser_may_send_the_form_and_no_other_site_learns_the_link(office, workshop):
    survey = asked.built(office, workshop, QUESTIONS)
    asked.step(office, survey, "open-link")
    address, question = asked.link_of(survey), survey.questions.first().pk
    done = sent_as_a_browser_does(address, {"once": "once", f"q{question}": "0"})
    assert "Thank you" in done.content.decode()
    assert done["Referrer-Policy"] == "same-origin"


def test_what_is_sent_after_the_end_is_shown_to_be_copied(office, workshop):
    survey = asked.built(office, workshop, QUESTIONS)
    asked.step(office, survey, "open-link")
    address = asked.link_of(survey)
    choice, text = (question.pk for question in survey.questions.all())
    asked.step(office, survey, "close")
    late = Client().post(address, {f"q{choice}": "0", f"q{text}": "Typed for an hour."})
    assert late.status_code == 404
    assert "Typed for an hour." in late.content.decode()
    assert "Typed for an hour." not in Client().get(address).content.decode()
    assert not SurveyAnswer.objects.exists()


def test_an_old_token_and_an_empty_form_lose_nothing(office, workshop):
    survey = asked.built(office, workshop, QUESTIONS)
    asked.step(office, survey, "open-link")
    address = asked.link_of(survey)
    strict = Client(enforce_csrf_checks=True)
    refused = asked.answered(strict, survey, ["0", "Long words"])
    assert refused.status_code == 403
    assert "Long words" in refused.content.decode()
    empty = Client().post(address, {"once": "x"})
    assert empty.status_code == 400
    assert "at least one" in empty.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_questions_stay_once_somebody_was_asked_and_invitations_go_with_the_end(office, workshop):
    people.representative("GEO")
    survey = asked.built(office, workshop, QUESTIONS)
    first = survey.questions.first()
    one = [workshop.pk, survey.pk, first.pk]
    building.take_out(survey.questions.last())
    building.move_up(SurveyQuestion(pk=999, survey=survey))  # taken out by somebody else
    asked.step(office, survey, "open")
    asked.step(office, survey, "invite")
    changed = office.post(reverse("workshop-question", args=one), {"kind": "open", "text": "New?"})
    assert changed.status_code == 302
    office.post(reverse("workshop-question-change", args=one), {"do": "delete"})
    asked.step(office, survey, "delete")
    assert Survey.objects.get().questions.first().text == "How was it?"
    asked.step(office, survey, "close")
    assert not SurveyInvitation.objects.exists()
    asked.step(office, survey, "open-link")
    assert not Survey.objects.get().is_open


def test_only_the_secretariat_builds_and_only_who_leads_reads(office, workshop):
    survey = asked.built(office, workshop, QUESTIONS)
    lead, georgia = Client(), Client()
    lead.force_login(room.facilitator(workshop))
    georgia.force_login(people.representative("GEO"))
    reads = reverse("workshop-survey-results", args=[workshop.pk, survey.pk])
    builds = reverse("workshop-survey", args=[workshop.pk, survey.pk])
    statuses = [who.get(at).status_code for at in (reads, builds) for who in (lead, georgia)]
    assert statuses == [200, 404, 404, 404]
    other = reverse("workshop-survey", args=[room.workshop("COL").pk, survey.pk])
    assert office.get(other).status_code == 404
