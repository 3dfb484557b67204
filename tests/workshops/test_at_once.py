"""Pressed twice, by many, or while somebody is removed: stored once, and not after the removal."""

import datetime
import time

import pytest
from django.test import Client

from members.standing import keep
from tests.adoption.conftest import own_database  # noqa: F401 - a fixture
from tests.adoption.test_at_once import at_once, posts
from tests.mail import sent
from tests.members import people
from tests.workshops import room
from workshops.cafe import writing
from workshops.models import Challenge, Decision, Note, Recommendation, Registration, Round
from workshops.running import registering

pytestmark = pytest.mark.usefixtures("own_database")
MANY = 4


def failures(answers):
    return [each for each in answers if isinstance(each, Exception) or each >= 500]


def test_each_form_of_a_workshop_sent_many_times_at_once_counts_once():
    workshop = room.workshop("GEO", "COL", registration="accounts")
    owner, peer, lead = (
        people.representative("GEO"),
        people.representative("COL"),
        room.facilitator(workshop),
    )
    asked, here = room.challenge(workshop, owner), workshop.get_absolute_url()
    group = room.breakout(workshop, rapporteur=peer).groups.get()
    guest, waiting = people.person(name="Guest"), room.registration_of(workshop)
    card = room.card(asked, peer)
    sendings = [
        (peer, f"cafe/{asked.pk}/", {"text": "Once.", "key": "one-and-the-same"}),
        (owner, "cafe/new/", {"about": "GEO", "title": "Once.", "key": "one-and-the-same"}),
        (owner, f"cafe/cards/{card.pk}/", {"choice": "try", "reason": "Once."}),
        (lead, "cafe/rounds/", {"challenge": "", "minutes": 5, "after": 0}),
        (guest, "register/", {"country": "COL", "text": "Once."}),
        (
            lead,
            f"people/{waiting.pk}/decide/",
            {"accept": "1", "was": registering.version_of(waiting)},
        ),
        (
            peer,
            f"breakouts/groups/{group.pk}/",
            {"text": "Once.", "question": group.breakout.questions.get().pk, "key": "the-same"},
        ),
    ]
    acts = [post for user, path, data in sendings for post in posts(user, here + path, data, 3)]
    assert failures(at_once(*acts)) == []
    assert Recommendation.objects.filter(text="Once.").count() == 1
    assert Challenge.objects.filter(title="Once.").count() == 1
    assert (Decision.objects.count(), Round.objects.count(), Note.objects.count()) == (1, 1, 1)
    assert Registration.objects.filter(user=guest).count() == 1
    assert [mail.to for mail in sent()] == [[waiting.user.email]]


def test_no_card_comes_after_its_author_was_removed():
    workshop = room.workshop("GEO", "COL")
    asked = room.challenge(workshop, people.representative("GEO"))
    lead = room.facilitator(workshop)
    guests = [room.registered(workshop, country="COL") for _each in range(MANY)]
    removed = {}

    def write(guest):
        for number in range(6):
            try:
                writing.recommend(asked, guest, text=f"Card {number}.", key="key")
            except writing.MayNotWriteError:
                return 0
        return 0

    def remove(guest):
        time.sleep(0.02)
        row = Registration.objects.select_related("user", "workshop").get(user=guest)
        was = registering.version_of(row)
        assert registering.decide(row, False, "Because (invented).", lead, was)
        removed[guest.pk] = Recommendation.objects.filter(author=guest).count()
        return 0

    acts = [lambda g=g, act=act: act(g) for g in guests for act in (write, remove)]
    assert failures(at_once(*acts)) == []
    assert {g.pk: Recommendation.objects.filter(author=g).count() for g in guests} == removed
    late = Client()
    late.force_login(guests[0])
    assert (
        late.post(f"{workshop.get_absolute_url()}cafe/{asked.pk}/", {"text": "x"}).status_code
        == 404
    )


def test_a_right_that_ended_a_moment_ago_stores_nothing():
    workshop = room.workshop("GEO", "COL")
    owner, peer = people.representative("GEO"), people.representative("COL")
    asked = room.challenge(workshop, owner)
    card = room.card(asked, peer)
    # The request has found out who they are; then the roles end, and only then it is stored.
    for user in (owner, peer):
        keep(user)
        user.roles.update(starts=datetime.date(2019, 1, 1), ends=datetime.date(2020, 1, 1))
    with pytest.raises(writing.MayNotWriteError):
        writing.recommend(asked, peer, text="Too late.", key="key")
    with pytest.raises(writing.MayNotWriteError):
        writing.decide(card, owner, "try", "Too late.")
    with pytest.raises(writing.MayNotWriteError):
        writing.present(Challenge(workshop=workshop, about="GEO", title="Too late."), owner, "key")
    assert (Recommendation.objects.count(), Decision.objects.count()) == (1, 0)
