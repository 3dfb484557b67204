"""A whole room answers at the same moment: every answer is there once."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.adoption.conftest import own_database  # noqa: F401 - a fixture
from tests.adoption.test_at_once import at_once
from tests.members import people
from tests.workshops import room
from tests.workshops.survey import asked
from workshops.desk import chairing, packs
from workshops.models import (
    ChairTerm,
    DataPack,
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyQuestion,
)
from workshops.survey.answering import digest

pytestmark = pytest.mark.usefixtures("own_database")
PHONES, TIMES = 12, 4


def sending(address, data):
    client = Client()
    return lambda: client.post(address, data).status_code


def test_every_phone_is_counted_once_and_each_link_as_well():
    survey = Survey.objects.create(
        workshop=room.workshop("GEO"), title="A survey (invented)",
        opened_at=timezone.now(), open_token="invented",
    )  # fmt: skip
    question = SurveyQuestion.objects.create(survey=survey, kind="open", text="Well? (invented)")
    SurveyInvitation.objects.create(survey=survey, user=people.person(), digest=digest("link"))
    name = f"q{question.pk}"
    phones = [sending(asked.link_of(survey), {"once": f"form {n}", name: f"Said on {n}"})
              for n in range(PHONES) for _again in range(2)]  # fmt: skip
    invited = reverse("workshop-survey-answer", args=["link"])
    same = [sending(invited, {name: "By invitation"}) for _each in range(TIMES)]
    assert set(at_once(*phones, *same)) == {200}
    said = sorted(each.said[str(question.pk)] for each in SurveyAnswer.objects.all())
    assert said == sorted(["By invitation", *(f"Said on {n}" for n in range(PHONES))])


def test_a_year_is_frozen_and_a_term_begun_once():
    office, today = people.secretariat(), timezone.localdate()
    terms = [ChairTerm(user=office, starts=today, ends=today) for _each in range(TIMES)]
    actions = [lambda term=term: chairing.name(term, office) for term in terms]
    actions += [lambda: packs.freeze(2026, office)] * TIMES
    refused = [each for each in at_once(*actions) if isinstance(each, Exception)]
    assert {type(each) for each in refused} == {chairing.OverlapError, packs.FrozenAlreadyError}
    assert (ChairTerm.objects.count(), DataPack.objects.count()) == (1, 1)
