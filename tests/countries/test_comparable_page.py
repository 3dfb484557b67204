"""What the page of a country shows of others and of discussions: only what its reader may know."""

import pytest

from communities.models import Thread
from tests import factories
from tests.communities import groups as communities
from tests.countries import asked, said
from tests.members import people

pytestmark = pytest.mark.django_db
SOUTHERN_AMERICA = "005"


def told(client, page):
    return client.get(page.url).content.decode()


def comparable(client, page):
    """What the page of a country leads to, and takes in where there is JavaScript."""
    address = f"/en/country/{page.country.code}/comparable/"
    assert f'hx-get="{address}"' in told(client, page)
    assert f'<a href="{address}">' in told(client, page)
    return client.get(address).content.decode().partition('id="comparable"')[2]


def test_comparable_experiences_of_others_say_what_is_alike(client, db):
    page = said.page_of("CHL")
    factories.practice("In Peru (invented)", countries=["PER"])
    factories.practice("Its own (invented)", countries=["CHL"])
    for code in ("CHL", "PER"):
        said.entry("transit", about=code, public=True)
    part = comparable(client, page).partition("</section>")[0]
    assert "In Peru (invented)" in part
    assert "Country of transit" in part
    assert "Its own (invented)" not in part


def test_a_private_fact_makes_nothing_comparable_for_outsiders(client, db):
    page = said.page_of("GEO")
    factories.practice("In Chile (invented)", countries=["CHL"])
    for code in ("GEO", "CHL"):
        said.entry("transit", about=code, public=code == "CHL")
    assert "In Chile (invented)" not in comparable(client, page)
    client.force_login(people.representative("CHL"))
    assert "Country of transit" not in comparable(client, page)
    client.force_login(people.representative("GEO"))
    assert "In Chile (invented)" in comparable(client, page)


def test_public_answers_of_assessments_are_shown_and_no_others(client, db):
    page = said.page_of("GEO")
    shown, hidden = (asked.question(code, may_be_public=True) for code in ("shown", "hidden"))
    round_ = asked.assessment(hidden)
    asked.answer(round_, shown, "yes", public=True, source="Yearbook (invented)")
    asked.answer(round_, hidden, "no")
    for user in (None, people.representative("GEO")):
        if user:
            client.force_login(user)
        text = told(client, page)
        assert "Question shown (invented)?" in text
        assert "Yearbook (invented)" in text
        assert "Question hidden (invented)?" not in text


def test_open_questions_are_those_of_the_reader_s_communities(client, vocabulary):
    page = said.page_of("CHL")
    group = communities.community(region=SOUTHERN_AMERICA)
    inside = communities.member_of(group, "CHL")
    open_, answered = (communities.thread(group, inside, title) for title in ("Open?", "Answered?"))
    Thread.objects.filter(pk=answered.pk).update(answer=answered.posts.get())
    for user, sees in ((None, False), (people.member("CHL"), False), (inside, True)):
        client.logout()
        if user:
            client.force_login(user)
        part = told(client, page).partition('id="questions"')[2]
        assert (open_.title in part) == sees
        assert answered.title not in part
