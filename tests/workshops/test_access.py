"""Who is in a workshop: its countries' people, those accepted, who leads; nobody else."""

import pytest
from django.urls import reverse

from members.models import Role
from tests.members import people
from tests.workshops import room
from workshops import access
from workshops.models import Facilitator, Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def georgia():
    return people.representative("GEO")


@pytest.fixture
def workshop():
    return room.workshop("GEO", "COL")


def reads(user, workshop):
    """Whether somebody reads it, by both ways of asking."""
    one = access.may_read(user, workshop)
    assert access.workshops_for(user).filter(pk=workshop.pk).exists() is one
    return one


def test_representatives_of_its_countries_take_part_while_they_are(workshop, georgia):
    assert reads(georgia, workshop)
    assert not reads(people.representative("KEN"), workshop)
    assert not reads(people.member("GEO"), workshop)
    Role.objects.filter(user=georgia).update(starts="2019-01-01", ends="2020-01-01")
    assert not reads(georgia, workshop)


def test_who_is_accepted_takes_part_and_signs_with_the_registration(workshop):
    guest = room.registered(workshop, country="COL")
    assert reads(guest, workshop)
    assert access.seat_of(guest, workshop).countries == {"COL"}
    for state in ("waiting", "declined", "withdrawn"):
        Registration.objects.filter(user=guest).update(state=state)
        assert not reads(guest, workshop), state


def test_an_account_that_was_closed_is_nothing(workshop, georgia):
    lead = room.facilitator(workshop)
    assert access.may_run(lead, workshop)
    for user in (lead, georgia):
        type(user).objects.filter(pk=user.pk).update(is_active=False)
        user.refresh_from_db()
        assert not reads(user, workshop)


def test_cards_are_for_those_of_the_workshop_and_the_secretariat(workshop, georgia):
    asked = room.challenge(workshop, georgia)
    peer = people.representative("COL")
    card = room.card(asked, peer)
    assert (card.country, card.institution.name) == ("COL", "Statistical office of COL (invented)")
    elsewhere = room.workshop("KEN")
    for user, allowed in (
        (georgia, True),
        (peer, True),
        (room.facilitator(workshop), True),
        (people.secretariat(), True),
        (people.representative("KEN"), False),
        (room.facilitator(elsewhere), False),
        (people.reviewer("GEO"), False),
    ):
        assert access.cards_for(user).filter(pk=card.pk).exists() is allowed, user
        assert access.challenges_for(user).filter(pk=asked.pk).exists() is allowed, user


def test_peers_recommend_and_the_owner_decides(workshop, georgia):
    asked = room.challenge(workshop, georgia)
    peer, lead = people.representative("COL"), room.facilitator(workshop)
    seats = {user: access.seat_of(user, workshop) for user in (georgia, peer, lead)}
    assert [access.may_recommend(seats[each], asked) for each in (georgia, peer, lead)] == [
        False, True, False
    ]  # fmt: skip
    assert [access.may_choose(seats[each], asked) for each in (georgia, peer, lead)] == [
        True, False, False
    ]  # fmt: skip


def test_who_facilitates_comes_in_with_a_second_factor(client, workshop):
    person = people.member("KEN")
    Facilitator.objects.create(workshop=workshop, user=person)
    client.force_login(person)
    desk = reverse("workshop", args=[workshop.pk])
    assert client.get(desk).headers["Location"] == reverse("mfa_activate_totp")
    people.second_factor(person)
    client.force_login(person)
    assert client.get(desk).status_code == 200
