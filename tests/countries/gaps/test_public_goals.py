"""A goal is the team's own until it says otherwise; the gap behind it stays so even then."""

import pytest

from tests import factories
from tests.countries import said
from tests.countries.shown import DUE, gap, goal
from tests.members import people

pytestmark = pytest.mark.django_db


def test_everybody_reads_the_goals_that_are_public_without_their_gaps(client, db):
    page = said.page_of("GEO")
    kind = gap(title_en="A gap that only answers show (invented)")
    followed = factories.practice("Followed (invented)")
    goal(
        kind,
        text="Shown goal (invented)",
        note="Shown note (invented)",
        public=True,
        practice=followed,
    )
    goal(kind, text="Kept goal (invented)", note="Kept note (invented)")
    for user in (None, people.representative("CHL"), people.representative("GEO")):
        if user:
            client.force_login(user)
        text = client.get(page.url).content.decode()
        assert "Shown goal (invented)" in text
        assert "Shown note (invented)" in text
        assert "Followed (invented)" in text
        assert "Kept" not in text
        assert kind.title not in text
    followed.unpublish()
    text = client.get(page.url).content.decode()
    assert "Shown goal (invented)" in text
    assert "Followed (invented)" not in text


def test_a_new_goal_is_private_and_a_team_makes_it_public(client, db, settings):
    settings.SEARCH_LAYERS = ["words"]
    said.page_of("GEO")
    client.force_login(people.representative("GEO"))
    kind = gap()
    sent = {"text": "A goal (invented)", "owner": "An office", "due_on": str(DUE), "state": "open"}
    address = f"/en/country/GEO/gaps/{kind.code}/goal/"
    assert client.post(address, sent).status_code == 302
    assert not kind.goals.get().public
    sent |= {"text": "Another goal (invented)", "public": "on"}
    assert client.post(address, sent).status_code == 302
    assert kind.goals.get(public=True).text == "Another goal (invented)"
