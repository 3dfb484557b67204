"""Travel support is between who asks and the secretariat, and no more is granted than there is."""

import pytest
from django.test import Client

from tests.mail import sent
from tests.members import people
from tests.workshops import room
from workshops.models import TravelRequest

pytestmark = pytest.mark.django_db
ASKED = {"travels_from": "Tbilisi (invented)", "needs": "The flight (invented)."}


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def workshop():
    return room.workshop("GEO", "COL", registration="accounts", travel_places=1)


def address(workshop, rest=""):
    return f"{workshop.get_absolute_url()}travel/{rest}"


def asked(workshop, user):
    return TravelRequest.objects.create(workshop=workshop, user=user, **ASKED)


def test_who_takes_part_or_waits_to_may_ask_where_journeys_are_paid_for(workshop):
    waiting = room.registered(workshop, state="waiting")
    declined = room.registered(workshop, state="declined")
    expected = ((people.representative("GEO"), 200), (waiting, 200), (declined, 404))
    outside = (people.member("KEN"), 404)
    for user, status in (*expected, outside):
        assert signed_in(user).get(address(workshop)).status_code == status
    workshop.travel_places = None
    workshop.save()
    assert signed_in(people.representative("GEO")).get(address(workshop)).status_code == 404


def test_a_request_is_read_by_nobody_but_its_author_and_the_secretariat(workshop):
    row = asked(workshop, people.representative("GEO"))
    lead = room.facilitator(workshop)
    for user in (lead, people.representative("GEO"), people.representative("COL")):
        client = signed_in(user)
        assert client.get(address(workshop, "requests/")).status_code == 404
        assert client.post(address(workshop, f"requests/{row.pk}/"), {}).status_code == 404
        assert "Tbilisi" not in client.get(workshop.get_absolute_url()).content.decode()
    assert "Tbilisi" in signed_in(row.user).get(address(workshop)).content.decode()
    office = signed_in(people.secretariat())
    told = office.get(address(workshop, "requests/")).content.decode()
    assert "Tbilisi" in told
    assert "Statistical office of GEO" in told


def test_what_is_typed_is_not_lost_and_asked_twice_is_one_request(workshop):
    client = signed_in(people.representative("GEO"))
    wrong = client.post(address(workshop), ASKED | {"travels_from": ""})
    assert wrong.status_code == 400
    assert ASKED["needs"] in wrong.content.decode()
    for _twice in range(2):
        assert client.post(address(workshop), ASKED).status_code == 302
    assert TravelRequest.objects.get().needs == ASKED["needs"]


def test_an_answer_goes_to_the_person_once_and_is_not_changed_by_asking_again(workshop):
    row = asked(workshop, people.representative("GEO"))
    office = signed_in(people.secretariat())
    decide = address(workshop, f"requests/{row.pk}/")
    assert office.post(decide, {"answer": " "}).status_code == 400
    for _twice in range(2):
        office.post(decide, {"answer": "We pay (invented).", "grant": "1"})
    (mail,) = sent()
    assert mail.to == [row.user.email]
    assert "We pay (invented)." in mail.body
    signed_in(row.user).post(address(workshop), ASKED | {"needs": "More (invented)."})
    row.refresh_from_db()
    assert (row.state, row.needs) == ("granted", ASKED["needs"])


def test_no_more_journeys_are_granted_than_can_be_paid_for(workshop):
    first = asked(workshop, people.representative("GEO"))
    second = asked(workshop, people.representative("COL"))
    office, yes = signed_in(people.secretariat()), {"answer": "We pay (invented).", "grant": "1"}
    office.post(address(workshop, f"requests/{first.pk}/"), yes)
    refused = office.post(address(workshop, f"requests/{second.pk}/"), yes)
    assert refused.status_code == 409
    assert yes["answer"] in refused.content.decode()
    second.refresh_from_db()
    assert second.state == "waiting"
    # A journey that is given back is there for another.
    signed_in(first.user).post(address(workshop, "withdraw/"))
    assert office.post(address(workshop, f"requests/{second.pk}/"), yes).status_code == 302
    second.refresh_from_db()
    assert second.state == "granted"


def test_who_asks_anew_waits_for_a_new_answer(workshop):
    row = asked(workshop, people.representative("GEO"))
    office, own = signed_in(people.secretariat()), signed_in(row.user)
    decide = address(workshop, f"requests/{row.pk}/")
    office.post(decide, {"answer": "We pay (invented).", "grant": "1"})
    own.post(address(workshop, "withdraw/"))
    own.post(address(workshop), ASKED)
    row.refresh_from_db()
    assert (row.state, row.answer, row.decided_at, row.decided_by) == ("waiting", "", None, None)


def test_the_list_says_what_waits_to_whom_it_waits_for(workshop):
    asked(workshop, people.representative("GEO"))
    for _number in range(2):
        room.registered(workshop, state="waiting")
    lead = signed_in(room.facilitator(workshop)).get("/en/workshop/").content.decode()
    office = signed_in(people.secretariat()).get("/en/workshop/").content.decode()
    inside = signed_in(people.representative("COL")).get("/en/workshop/").content.decode()
    said = ("2 registrations wait", "1 request for travel support")
    assert [[text in page for text in said] for page in (lead, office, inside)] == [
        [True, False],
        [True, True],
        [False, False],
    ]


def test_nobody_answers_their_own_request_nor_one_of_another_workshop(workshop):
    member = people.secretariat()
    own = asked(workshop, member)
    other = asked(room.workshop("KEN", travel_places=1), people.representative("KEN"))
    office, yes = signed_in(member), {"answer": "We pay (invented).", "grant": "1"}
    for row in (own, other):
        assert office.post(address(workshop, f"requests/{row.pk}/"), yes).status_code == 404
