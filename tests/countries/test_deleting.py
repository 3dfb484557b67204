"""An assessment opened by mistake is deleted while nothing is said in it, and only then."""

import pytest

from countries.assessing.opening import AnsweredError, delete_empty
from countries.assessing.saving import ClosedError, Said, Seen, save_answers
from countries.gaps.finding import refresh
from countries.models import Assessment
from tests.countries import asked, said
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


@kept
def question(db):
    return asked.question("law", "text")


@pytest.fixture
def opened(question):
    return asked.assessment(question)


@pytest.fixture
def address(opened):
    return f"/en/country/GEO/assessments/{opened.pk}/"


def test_the_team_and_the_secretariat_delete_one_that_is_empty_after_being_asked(client, question):
    for user in (people.representative("GEO"), people.secretariat()):
        row = asked.assessment(question)
        asked.answer(row, question)  # typed and taken back
        at = f"/en/country/GEO/assessments/{row.pk}/"
        client.force_login(user)
        assert f"{at}delete/" in client.get(at).content.decode()
        assert "Delete this for good?" in client.get(f"{at}delete/").content.decode()
        assert Assessment.objects.filter(pk=row.pk).exists()
        assert client.post(f"{at}delete/").status_code == 302
        assert not Assessment.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("kept_as", [{"value": "An act"}, {"not_known": True}, {"note": "Ask"}])
def test_one_in_which_anything_is_said_stays(client, question, opened, address, kept_as):
    client.force_login(people.representative("GEO"))
    asked.answer(opened, question, **kept_as)
    assert f"{address}delete/" not in client.get(address).content.decode()
    assert client.get(f"{address}delete/").status_code == 404
    answer = client.post(f"{address}delete/", follow=True)
    assert "There are answers in it: it stays." in answer.content.decode()
    assert Assessment.objects.filter(pk=opened.pk).exists()


def test_nobody_else_deletes_one(client, opened, address):
    for user in (people.member("GEO"), people.representative("CHL")):
        client.force_login(user)
        assert client.post(f"{address}delete/").status_code == 404
        with pytest.raises(AnsweredError):
            delete_empty(opened, user)
    assert Assessment.objects.filter(pk=opened.pk).exists()


def test_what_somebody_types_into_one_that_is_gone_is_given_back(client, opened, question, address):
    user = people.representative("GEO")
    client.force_login(user)
    opened.delete()
    at = f"{address}modules/sources/"
    sent = {"law-value": "Typed (invented)", "law-seen": "0-", "only": "law"}
    answer = client.post(at, sent)
    assert answer.status_code == 410
    assert "Typed (invented)" in answer.content.decode()
    told = client.post(at, sent, headers={"Accept": "application/json"})
    assert (told.status_code, "deleted" in told.json()["closed"]) == (410, True)
    assert client.get(at).status_code == 404


def test_one_that_goes_while_others_work_on_it_breaks_nothing(question, opened):
    user = people.representative("GEO")
    gone = Assessment.objects.get(pk=opened.pk)
    opened.delete()
    with pytest.raises(ClosedError):
        save_answers(gone, user, {question: (Said("Typed (invented)"), Seen(0, ""))})
    delete_empty(gone, user)  # pressed twice
    refresh(gone)  # a rule changed meanwhile
    assert said.page_of("GEO").live
