"""After 3, 6 and 12 months a country is asked by mail what became of its cards, once each."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.test import Client

from core.models import Link
from members.models import Role
from tests.adoption.conftest import own_database  # noqa: F401 - a fixture
from tests.adoption.test_at_once import at_once
from tests.browsing import sent_as_a_browser_does
from tests.mail import sent
from tests.members import people
from tests.workshops import room
from workshops.cafe.following import before, run
from workshops.models import Decision, FollowUp

ENDED = datetime.date(2026, 1, 31)
LINK = re.compile(r"/en/workshop/follow-up/\S+/")


def on(year, month, day):
    return datetime.datetime(year, month, day, 6, tzinfo=datetime.UTC)


class Cards:
    """A workshop that ended on 31 January 2026, with three cards to Georgia."""

    def __init__(self):
        self.workshop = room.workshop("GEO", "COL", starts=ENDED, ends=ENDED)
        self.owner, self.peer = people.representative("GEO"), people.representative("COL")
        asked = room.challenge(self.workshop, self.owner)
        texts = ("To try (invented).", "Open (invented).", "Refused (invented).")
        self.tried, self.open, self.refused = (room.card(asked, self.peer, t) for t in texts)
        room.decided(self.tried, self.owner, "try")
        room.decided(self.refused, self.owner, "unsuitable")


@pytest.fixture
def cards(db):
    return Cards()


def links_in(mail):
    """{answer: [addresses]} of a mail."""
    found = LINK.findall(mail.body)
    return {name: [each for each in found if each.endswith(f"/{name}/")]
            for name in ("tried", "try", "unsuitable")}  # fmt: skip


def test_months_are_counted_to_the_last_day_of_a_month():
    assert before(datetime.date(2026, 4, 30), 3) == datetime.date(2026, 1, 30)
    assert before(datetime.date(2026, 5, 31), 3) == datetime.date(2026, 2, 28)
    assert before(datetime.date(2026, 1, 31), 12) == datetime.date(2025, 1, 31)


def test_each_unsettled_card_is_asked_about_once_at_each_time(cards, capsys):
    assert run(on(2026, 4, 30)) == 0
    for _twice in range(2):
        run(on(2026, 5, 1))
    (mail,) = sent()
    assert mail.to == [cards.owner.email]
    assert "To try (invented)." in mail.body
    assert "Open (invented)." in mail.body
    assert "Refused (invented)." not in mail.body
    assert run(on(2026, 6, 30)) == 0
    assert run(on(2026, 8, 1)) == 2
    # Whoever ran nothing for a year asks once, not three times.
    FollowUp.objects.all().delete()
    call_command("follow_up_recommendations")
    assert len(sent()) == 2
    assert FollowUp.objects.count() == 2
    assert "2 cards asked about" in capsys.readouterr().out


def test_one_click_is_recorded_once_and_opening_the_page_does_nothing(cards):
    run(on(2026, 5, 1))
    tried = links_in(sent()[0])["tried"][0]
    stranger = Client()  # whoever has the mail needs no account
    for _each in range(3):
        assert stranger.get(tried).status_code == 200
    assert not Decision.objects.filter(months=3).exists()
    assert sent_as_a_browser_does(tried, {}).status_code == 200
    cards.tried.refresh_from_db()
    said = cards.tried.decisions.get(months=3)
    assert (cards.tried.choice, said.country, said.author) == ("tried", "GEO", cards.owner)
    assert FollowUp.objects.get(card=cards.tried).answer == said
    assert stranger.post(tried).status_code == 404
    assert Decision.objects.filter(months=3).count() == 1
    # What is settled is not asked again, what is not is.
    assert run(on(2026, 8, 1)) == 1


def test_what_will_still_be_tried_is_asked_again(cards):
    run(on(2026, 5, 1))
    still = links_in(sent()[0])["try"]
    for address in still:
        assert Client().post(address, {"reason": "Next year."}).status_code == 200
    assert Decision.objects.filter(months=3, reason="Next year.").count() == 2
    assert run(on(2026, 8, 1)) == 2


def test_a_link_is_worth_nothing_for_who_does_not_speak_for_the_country_any_more(cards):
    run(on(2026, 5, 1))
    tried = links_in(sent()[0])["tried"][0]
    Role.objects.filter(user=cards.owner).update(starts="2019-01-01", ends="2020-01-01")
    assert Client().post(tried).status_code == 404
    assert not Decision.objects.filter(months=3).exists()


def test_a_country_without_people_is_asked_as_soon_as_somebody_comes(cards):
    Role.objects.filter(user=cards.owner).update(starts="2019-01-01", ends="2020-01-01")
    assert run(on(2026, 5, 1)) == 0
    gone = people.representative("GEO")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    assert run(on(2026, 5, 2)) == 0
    came = people.representative("GEO")
    assert run(on(2026, 5, 3)) == 2
    assert [mail.to for mail in sent()] == [[came.email]]


def test_the_mail_is_made_when_it_leaves(cards):
    run(on(2026, 5, 1))
    # Between the run and the worker the owner has decided on one, and left the other to somebody.
    room.decided(cards.open, cards.owner, "tried")
    (mail,) = sent()
    assert "Open (invented)." not in mail.body
    run(on(2026, 8, 1))
    Role.objects.filter(user=cards.owner).update(starts="2019-01-01", ends="2020-01-01")
    assert len(sent()) == 1


def test_two_runs_at_once_ask_once(own_database):  # noqa: F811 - the fixture
    Cards()
    answers = at_once(*[lambda: run(on(2026, 5, 1))] * 4)
    assert sorted(answers) == [0, 0, 0, 2]
    assert FollowUp.objects.count() == 2
    assert len(sent()) == 1
    tried = links_in(sent()[0])["tried"][0]
    codes = at_once(*[lambda: Client().post(tried).status_code for _each in range(4)])
    assert sorted(codes) == [200, 404, 404, 404]
    assert Link.objects.filter(used__isnull=False).count() == 1
    assert Decision.objects.filter(months=3).count() == 1
