"""The World Cafe: cards are signed by their country, arrive once, and their owner decides."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests import factories
from tests.members import people
from tests.workshops import room
from workshops.models import Challenge, Recommendation, Round

pytestmark = pytest.mark.django_db
JSON = {"headers": {"Accept": "application/json"}}
KEY = "made-in-the-browser-1"


def signed_in(user, **kwargs):
    client = Client(**kwargs)
    client.force_login(user)
    return client


@pytest.fixture
def workshop():
    return room.workshop("GEO", "COL", "KEN")


@pytest.fixture
def owner():
    return people.representative("GEO")


@pytest.fixture
def peer():
    return people.representative("COL")


@pytest.fixture
def asked(workshop, owner):
    return room.challenge(workshop, owner)


@pytest.fixture
def address(workshop, asked):
    return f"/en/workshop/{workshop.pk}/cafe/{asked.pk}/"


def test_a_card_is_signed_by_its_country_and_the_same_key_is_one_card(address, peer, asked):
    client = signed_in(peer)
    for _each in range(3):
        told = client.post(address, {"text": "Share one number.", "key": KEY}, **JSON)
        assert told.status_code == 200
    card = Recommendation.objects.get()
    assert told.json() == {"saved": card.pk}
    assert (card.country, card.author, card.challenge) == ("COL", peer, asked)
    # The same words with another key are another card; the same key of somebody else, too.
    client.post(address, {"text": "Share one number.", "key": f"{KEY}0"})
    signed_in(people.representative("KEN")).post(address, {"text": "Ours.", "key": KEY})
    assert Recommendation.objects.count() == 3


def test_nobody_recommends_to_their_own_country_and_no_stranger_anything(address, owner, workshop):
    assert signed_in(owner).post(address, {"text": "Mine."}).status_code == 403
    assert signed_in(room.facilitator(workshop)).post(address, {"text": "M."}).status_code == 403
    assert signed_in(people.representative("MEX")).post(address, {"text": "M."}).status_code == 404
    assert not Recommendation.objects.exists()


def test_a_script_is_told_what_to_do_with_what_was_not_taken(address, owner, peer):
    assert signed_in(owner).post(address, {"text": "Mine."}, **JSON).status_code == 409
    empty = signed_in(peer).post(address, {"text": " "}, **JSON)
    assert (empty.status_code, len(empty.json()["errors"])) == (400, 1)
    assert Client().post(address, {"text": "x"}, **JSON).json() == {"signed_out": True}
    stale = signed_in(peer, enforce_csrf_checks=True).post(address, {"text": "x"}, **JSON)
    assert (stale.status_code, stale.json()) == (403, {"stale": True})


def test_what_was_typed_is_not_lost_when_the_session_has_ended(address, peer):
    held = Client().post(address, {"text": "Typed for an hour.", "key": KEY})
    assert "Typed for an hour." in held.content.decode()
    long = signed_in(peer).post(address, {"text": "x" * 2001, "key": KEY})
    assert long.status_code == 400
    assert "x" * 2001 in long.content.decode()


def test_a_card_names_the_round_that_it_was_written_in(address, peer, workshop, asked):
    first = room.round_of(workshop, asked)
    elsewhere = room.round_of(workshop, room.challenge(workshop, peer, about="COL"))
    client = signed_in(peer)
    for key, number in enumerate((first.number, elsewhere.number, "", "x", "99999999")):
        client.post(address, {"text": "Said.", "key": f"{KEY}-{key}", "round": number})
    found = Recommendation.objects.order_by("pk").values_list("round", flat=True)
    assert list(found) == [first.pk, None, None, None, None]


def test_a_card_shows_a_practice_only_if_its_author_may_open_it(address, peer):
    public = factories.practice("A register (invented)")
    draft = factories.practice("A draft (invented)", draft=True)
    client = signed_in(peer)
    for key, page in enumerate((public, draft)):
        client.post(address, {"text": "So.", "key": f"{KEY}-{key}", "practice": page.pk})
    found = Recommendation.objects.order_by("pk").values_list("practice", flat=True)
    assert list(found) == [public.pk, None]
    # It is named as long as everybody may open it.
    assert public.title in client.get(address).content.decode()
    PageViewRestriction.objects.create(page=public, restriction_type="login")
    assert public.title not in client.get(address).content.decode()
    assert public.title not in client.get(f"{address}cards/").content.decode()


def test_the_owner_decides_with_a_reason_and_nobody_else(asked, owner, peer, workshop):
    card = room.card(asked, peer)
    address = f"/en/workshop/{workshop.pk}/cafe/cards/{card.pk}/"
    decided = {"choice": "unsuitable", "reason": "Our law forbids it (invented)."}
    for user in (peer, room.facilitator(workshop), people.secretariat()):
        assert signed_in(user).post(address, decided).status_code == 404
    client = signed_in(owner)
    assert client.post(address, {"choice": "try"}).status_code == 400
    for _twice in range(2):
        assert client.post(address, decided).status_code == 302
    card.refresh_from_db()
    said = card.decisions.get()
    assert (card.choice, said.choice, said.country) == ("unsuitable", "unsuitable", "GEO")
    # Who wrote it can no longer take it back; before the decision they could.
    assert signed_in(peer).post(address, {"do": "withdraw"}).status_code == 404
    other = room.card(asked, peer)
    back = f"/en/workshop/{workshop.pk}/cafe/cards/{other.pk}/"
    assert signed_in(peer).post(back, {"do": "withdraw"}).status_code == 302
    other.refresh_from_db()
    assert other.withdrawn_at


def test_a_round_is_started_once_lengthened_and_ended(workshop, asked, peer):
    leading, here = signed_in(room.facilitator(workshop)), f"/en/workshop/{workshop.pk}/cafe/"
    start = {"challenge": asked.pk, "minutes": 10, "after": 0}
    assert signed_in(peer).post(f"{here}rounds/", start).status_code == 404
    for _pressed_twice in range(2):
        leading.post(f"{here}rounds/", start)
    first = Round.objects.get()
    assert first.ends_at - first.started_at == datetime.timedelta(minutes=10)
    leading.post(f"{here}rounds/1/", {"do": "more"})
    first.refresh_from_db()
    assert first.ends_at - first.started_at == datetime.timedelta(minutes=15)
    # The next round ends the one under way.
    leading.post(f"{here}rounds/", {"challenge": "", "minutes": 5, "after": 1})
    first.refresh_from_db()
    assert first.ends_at <= timezone.now() < Round.objects.get(number=2).ends_at
    asked.withdrawn_at = timezone.now()
    asked.save()
    gone = leading.post(f"{here}rounds/", {"challenge": asked.pk, "minutes": 5, "after": 2})
    assert "has taken this challenge back" in leading.get(gone["Location"]).content.decode()
    leading.post(f"{here}rounds/2/", {"do": "end"})
    assert "Round 2 is over." in leading.get(here).content.decode()


def test_what_a_phone_has_already_costs_nothing(address, peer, owner, asked):
    client, part = signed_in(peer), f"{address}cards/"
    first = client.get(part)
    again = {"headers": {"If-None-Match": first["ETag"]}}
    same = client.get(part, **again)
    assert (same.status_code, same.content) == (304, b"")
    card = room.card(asked, people.representative("KEN"), "Count them once (invented).")
    new = client.get(part, **again)
    assert new.status_code == 200
    assert "Count them once (invented)." in new.content.decode()
    again = {"headers": {"If-None-Match": new["ETag"]}}
    room.decided(card, owner, "try")
    assert client.get(part, **again).status_code == 200
    # Others' answers are never the same: another person, another mark.
    assert signed_in(owner).get(part, **again).status_code == 200
    assert signed_in(people.representative("MEX")).get(part, **again).status_code == 404


def test_the_screen_of_the_room_shows_the_challenge_and_who_has_written(workshop, asked, peer):
    room.round_of(workshop, asked)
    room.card(asked, peer, "Share one number (invented).")
    shown = signed_in(room.facilitator(workshop)).get(f"/en/workshop/{workshop.pk}/cafe/screen/")
    text = shown.content.decode()
    assert asked.title in text
    assert "Share one number (invented)." in text
    assert list(shown.context["by_country"]) == [("COL", 1), ("KEN", 0)]


def test_a_challenge_is_presented_changed_and_taken_back_by_its_country(workshop, owner, peer):
    here = f"/en/workshop/{workshop.pk}/cafe/"
    typed = {"about": "GEO", "title": "Nobody counts them (invented)", "key": KEY}
    assert signed_in(peer).post(f"{here}new/", typed).status_code == 400
    client = signed_in(owner)
    for _twice in range(2):
        assert client.post(f"{here}new/", typed).status_code == 302
    made = Challenge.objects.get()
    assert (made.country, made.about) == ("GEO", "GEO")
    change = f"{here}{made.pk}/change/"
    assert signed_in(peer).get(change).status_code == 404
    was = {"was": client.get(change).context["was"]}
    client.post(change, typed | was | {"title": "Nobody counts them twice (invented)"})
    made.refresh_from_db()
    assert made.title == "Nobody counts them twice (invented)"
    client.post(change, {"do": "withdraw"})
    assert client.get(f"{here}{made.pk}/").status_code == 404


def test_near_to_a_challenge_stand_practices_that_the_reader_may_open(address, peer):
    factories.practice("Registers that do not meet (invented)", countries=["KEN"])
    factories.practice("Registers that do not meet, a draft", draft=True)
    part = signed_in(peer).get(f"{address}near/", headers={"X-Requested-With": "fetch"})
    text = part.content.decode()
    assert "Registers that do not meet (invented)" in text
    assert "a draft" not in text
    assert "<html" not in text
    assert "<html" in signed_in(peer).get(f"{address}near/").content.decode()


@pytest.mark.parametrize("many", [1, 8])
def test_pages_of_a_cafe_cost_few_queries_whatever_there_is(
    address, asked, workshop, owner, many, django_assert_max_num_queries
):
    for number in range(many):
        guest = room.registered(workshop, country="KEN")
        room.decided(room.card(asked, guest), owner, "try", f"Because {number}.")
        room.challenge(workshop, guest, about="KEN")
        note_in = room.breakout(workshop).groups.get()
        room.note(note_in, guest)
    client, here = signed_in(room.facilitator(workshop)), f"/en/workshop/{workshop.pk}/"
    pages = ("", "cafe/", "cafe/screen/", "people/", "breakouts/", "register/")
    for page in (address, *(f"{here}{each}" for each in pages)):
        client.get(page)
        with django_assert_max_num_queries(25):
            client.get(page)
