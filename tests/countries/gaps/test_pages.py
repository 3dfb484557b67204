"""From a gap to what addresses it, and to a goal: for the country's team and the secretariat."""

import pytest
from django.urls import reverse

from countries.gaps.finding import refresh
from countries.models import Goal
from tests import factories
from tests.communities import groups as communities
from tests.countries import asked
from tests.countries.shown import DUE, gap, rule
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
ASK = "How can unaccompanied children in transit be counted?"


@kept
def shown(db):
    """A gap that one private answer shows."""
    question = asked.question("counted", may_be_public=True)
    round_ = asked.assessment(question)
    kind = gap("not-counted", ask_en=ASK, themes=["transit"])
    rule(("counted", "is", "no"), kind=kind)
    asked.answer(round_, question, "no", source="Yearbook (invented)")
    refresh(round_)
    return kind


@pytest.fixture
def team(client, shown):
    user = people.representative("GEO")
    client.force_login(user)
    return user


def at(name, *args):
    return reverse(name, args=["GEO", *args])


def told(response):
    return response.content.decode()


@pytest.mark.parametrize("name", ["country-gaps", "country-gap", "country-goal-new"])
def test_the_team_and_the_secretariat_come_in_and_nobody_else(client, shown, name):
    address = at(name, *(() if name == "country-gaps" else (shown.code,)))
    for user in (people.representative("GEO"), people.secretariat()):
        client.force_login(user)
        assert client.get(address).status_code == 200
    for user in (people.member("GEO"), people.representative("CHL"), people.person()):
        client.force_login(user)
        assert client.get(address).status_code == 404
    client.logout()
    assert "/accounts/login/" in client.get(address)["Location"]


def test_the_desk_leads_to_the_gaps(client, team, shown):
    assert f'href="{at("country-gaps")}"' in told(client.get(at("country-desk")))


def test_each_gap_names_the_answers_that_show_it(client, team, shown):
    page = told(client.get(at("country-gaps")))
    assert "Gap not-counted" in page
    assert "Question counted (invented)?" in page
    assert "Team only" in page


def test_without_a_gap_the_page_says_what_to_do(client, db):
    asked.assessment(asked.question("counted"))
    client.force_login(people.representative("GEO"))
    assert "Gaps are found in the answers of an assessment." in told(client.get(at("country-gaps")))
    assert client.get(at("country-gap", "not-counted")).status_code == 404


def test_what_addresses_a_gap_comes_best_fit_first(client, team, shown):
    factories.practice(
        "Counting unaccompanied children in transit (invented)", problem=f"<p>{ASK}</p>"
    )
    factories.practice("Roofs (invented)", problem="<p>Roofs of schools (invented).</p>")
    page = told(client.get(at("country-gap", shown.code)))
    assert "Counting unaccompanied children in transit (invented)" in page
    assert "Roofs (invented)" not in page
    assert "None known" not in page


def test_where_nothing_is_known_others_are_asked(client, team, shown):
    page = told(client.get(at("country-gap", shown.code)))
    assert "None known" in page
    assert "Join a community to ask others." in page
    group = communities.community("Group of the region (invented)")
    communities.join(team, group)
    page = client.get(at("country-gap", shown.code))
    [(name, address)] = page.context["known"].places
    assert group.name == name
    assert f"Ask in {name}" in told(page)
    assert client.get(address).context["form"].initial["title"] == ASK


def test_people_who_agreed_to_be_asked_are_named(client, team, shown):
    other = people.representative("CHL")
    other.profile.topics.add(factories.theme("transit"))
    assert "People to ask" not in told(client.get(at("country-gap", shown.code)))
    other.profile.listed = other.profile.ask_me = True
    other.profile.save()
    assert [
        each.user for each in client.get(at("country-gap", shown.code)).context["known"].people
    ] == [other]


SENT = {
    "text": "Every child in transit is counted (invented)",
    "owner": "Statistical office",
    "due_on": "2027-06-30",
    "state": "open",
}


def test_a_gap_becomes_a_goal_that_follows_a_practice(client, team, shown):
    practice = factories.practice(
        "Counting unaccompanied children in transit (invented)", problem=f"<p>{ASK}</p>"
    )
    form = client.get(at("country-goal-new", shown.code) + f"?practice={practice.pk}").context[
        "form"
    ]
    assert form["practice"].value() == str(practice.pk)
    sent = SENT | {"practice": practice.pk, "gap": shown.code}
    answer = client.post(at("country-goal-new", shown.code), sent)
    assert answer["Location"] == at("country-gaps")
    goal = Goal.objects.get()
    assert (goal.kind, goal.practice, goal.owner, goal.due_on) == (
        shown,
        practice,
        "Statistical office",
        DUE,
    )
    assert goal.about == "GEO"
    assert not goal.public
    assert SENT["text"] in told(client.get(at("country-gaps")))
    changed = SENT | {"state": "reached", "gap": shown.code, "practice": practice.pk}
    changed["was"] = client.get(at("country-goal", goal.pk)).context["form"].initial["was"]
    client.post(at("country-goal", goal.pk), changed)
    goal.refresh_from_db()
    assert goal.state == "reached"


@pytest.mark.parametrize("wrong", [{"due_on": "soon"}, {"owner": ""}, {"practice": "999999"}])
def test_bad_input_is_told_and_nothing_typed_is_lost(client, team, shown, wrong):
    answer = client.post(at("country-goal-new", shown.code), SENT | {"gap": shown.code} | wrong)
    assert answer.status_code == 400
    assert SENT["text"] in told(answer)
    assert not Goal.objects.exists()


def test_a_goal_of_another_country_is_not_found_here(client, team, shown):
    other = Goal.objects.create(about="CHL", kind=shown, text="Theirs", owner="X", due_on=DUE)
    assert client.get(at("country-goal", other.pk)).status_code == 404
    assert client.post(at("country-goal-delete", other.pk)).status_code == 302
    assert Goal.objects.filter(pk=other.pk).exists()


def test_a_gap_is_a_stored_fact_for_those_who_may_know_it(shown):
    from countries.facts import facts_of

    fact = ("gap", "not-counted")
    assert fact in facts_of(["GEO"], people.representative("GEO"))["GEO"]
    assert fact not in facts_of(["GEO"], people.representative("CHL"))["GEO"]
    assert fact not in facts_of(["GEO"])["GEO"]
