"""Whatever happens between opening a form and sending it, what was typed comes back."""

import pytest
from django.test import Client

from tests.kept import kept
from tests.members import people
from tests.workshops import room
from workshops.models import Facilitator, Note, Recommendation, Registration, Workshop

pytestmark = pytest.mark.django_db
JSON = {"headers": {"Accept": "application/json"}}
WORDS = "Typed for an hour (invented)."


def signed_in(user, **kwargs):
    client = Client(**kwargs)
    client.force_login(user)
    return client


@kept
def workshop(db):
    return room.workshop("GEO", "COL", registration="members")


@kept
def peer(workshop):
    return room.registered(workshop, country="COL")


@kept
def asked(workshop):
    return room.challenge(workshop, people.representative("GEO"))


@pytest.fixture
def address(workshop, asked):
    return f"{workshop.get_absolute_url()}cafe/{asked.pk}/"


def closed(workshop, _asked):
    Workshop.objects.filter(pk=workshop.pk).update(closed_at="2026-11-26T10:00Z")


def taken_back(_workshop, asked):
    type(asked).objects.filter(pk=asked.pk).update(withdrawn_at="2026-11-26T10:00Z")


def removed(_workshop, _asked):
    Registration.objects.update(state="declined")


@pytest.mark.parametrize("happens", [closed, taken_back, removed])
def test_a_card_that_comes_too_late_is_not_stored_and_can_be_copied(
    workshop, asked, peer, address, happens
):
    client = signed_in(peer)
    happens(workshop, asked)
    late = client.post(address, {"text": WORDS})
    assert late.status_code in (403, 404, 409)
    assert WORDS in late.content.decode()
    told = client.post(address, {"text": WORDS}, **JSON)
    assert told.status_code in (404, 409)
    assert not Recommendation.objects.exists()


def test_where_there_is_no_workshop_the_answer_is_the_same(workshop, peer):
    stranger = signed_in(people.representative("KEN"))
    answers = [
        stranger.post(f"/en/workshop/{number}/cafe/1/", {"text": WORDS})
        for number in (workshop.pk, 99999)
    ]
    one, other = (answer.content.decode().replace("99999", str(workshop.pk)) for answer in answers)
    assert [answer.status_code for answer in answers] == [404, 404]
    assert one.split("<main")[1] == other.split("<main")[1]
    assert workshop.title not in one


def test_what_one_has_typed_is_not_sent_in_the_name_of_who_signed_in_later(address, asked, peer):
    other = people.representative("COL")
    typed = {"text": WORDS, "key": "made-in-the-browser", "by": str(peer.pk)}
    told = signed_in(other).post(address, typed, **JSON)
    assert (told.status_code, told.json()) == (403, {"signed_out": True})
    assert not Recommendation.objects.exists()
    assert signed_in(peer).post(address, typed, **JSON).status_code == 200
    assert Recommendation.objects.get().author == peer


def test_other_words_in_a_form_that_was_sent_are_another_card(address, peer):
    client = signed_in(peer)
    for text in (WORDS, "Written after going back (invented).", WORDS):
        assert client.post(address, {"text": text, "key": "of-the-form"}).status_code == 302
    assert Recommendation.objects.count() == 2


@pytest.mark.parametrize(
    "path", ["register/", "agenda/new/", "set-up/", "clone/", "surveys/new/", "documents/new/"]
)
def test_a_session_that_ended_loses_no_form_of_a_desk(workshop, path):
    address = f"{workshop.get_absolute_url()}{path}"
    assert WORDS in Client().post(address, {"title": WORDS}).content.decode()
    # Signed in anew, the token of the form is an old one.
    strict = signed_in(people.secretariat(), enforce_csrf_checks=True)
    held = strict.post(address, {"title": WORDS})
    assert held.status_code == 403
    assert WORDS in held.content.decode()


def test_a_new_workshop_typed_without_a_session_is_not_lost():
    held = Client().post("/en/workshop/new/", {"title": WORDS})
    assert WORDS in held.content.decode()
    assert not Workshop.objects.filter(title=WORDS).exists()


def test_who_facilitates_without_a_second_factor_keeps_what_was_typed(workshop, asked):
    person = room.registered(workshop, people.member("KEN"), country="COL")
    Facilitator.objects.create(workshop=workshop, user=person)
    client, address = signed_in(person), f"{workshop.get_absolute_url()}cafe/{asked.pk}/"
    held = client.post(address, {"text": WORDS})
    assert held.status_code == 403
    assert WORDS in held.content.decode()
    assert client.post(address, {"text": WORDS}, **JSON).json() == {"signed_out": True}
    assert not Recommendation.objects.exists()
    people.second_factor(person)
    assert signed_in(person).post(address, {"text": WORDS}).status_code == 302


def test_a_rapporteur_who_is_one_no_more_can_copy_the_point(workshop, peer):
    group = room.breakout(workshop, rapporteur=peer).groups.get()
    address = f"{workshop.get_absolute_url()}breakouts/groups/{group.pk}/"
    client, question = signed_in(peer), group.breakout.questions.get()
    gone = client.post(address, {"text": WORDS, "question": question.pk + 1})
    assert WORDS in gone.content.decode()
    type(group).objects.update(rapporteur=None)
    late = client.post(address, {"text": WORDS, "question": question.pk})
    assert late.status_code == 403
    assert WORDS in late.content.decode()
    assert not Note.objects.exists()
