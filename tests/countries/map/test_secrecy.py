"""What somebody may not read changes nothing on their gap map: no cell, no sum, no list, no file.

So nothing hidden can be worked out from what is shown, by whatever subtraction: the answers are the
same with it and without it.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from countries.map.asked import Across, Asked, By
from countries.map.explaining import lines_of
from countries.map.exporting import lines
from countries.map.grid import grid_of, items_for
from countries.map.items import Kind
from countries.models import CountryPage, Gap
from guidance.models import IndicatorPage
from practices.models import PracticeIndicator
from tests.countries.map import world
from tests.members import people
from vocabulary.stamp import steady

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


@pytest.fixture
def known(vocabulary):
    world.build()
    return world.viewers() | {"visitor": VISITOR}


@steady()
def shown_to(user):
    """All that any of the pages and files is made of."""
    items = items_for(user)
    tables = [
        list(lines(grid_of(items, Asked(by, across, region))))
        for by in By
        for across in Across
        for region in ("", "019", "005", "142", "145", "150")
    ]
    listed = [(line.url, len(line.answers)) for line in lines_of(items, user)]
    return items, tables, listed


def secret_practice():
    page = world.practice("Closed (invented)", countries=["COL"], points=["1"])
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")


def unpublished():
    page = world.practice("Draft (invented)", countries=["GEO"], points=["2"])
    type(page).objects.filter(pk=page.pk).update(live=False)


def a_new_country():
    world.gap_of("MEX", "no-law")  # its page is not there for visitors
    CountryPage.objects.filter(country__code="MEX").update(live=False)


# What a visitor may not know of, one by one.
HIDDEN = {
    "a private gap": lambda: world.gap_of("COL", "no-link", (False,), ("2",)),
    "a gap half private": lambda: world.gap_of("CHL", "no-link", (True, True, False), ("3",)),
    "a gap without answers": lambda: world.gap_of("CHL", "no-say").answers.clear(),
    "a gap of a closed country": a_new_country,
    "a private question": lambda: world.question("private", title="On health in Chile?"),
    "a question for members": lambda: world.question("members", region="005"),
    "a search once": lambda: world.searched("theme:poverty", "country:CHL"),
    "a search ten times in one day": lambda: world.searched("concept:school", times=10),
    "a search of two days": lambda: world.searched("population:refugee-children", days=2),
    "a search of nothing known": lambda: world.searched("country:GEO", days=5, country="GEO"),
    "more words, from elsewhere": lambda: world.searched(
        "theme:education", days=3, country="COL", words=("secret",)
    ),
    "a closed practice": secret_practice,
    "an unpublished practice": unpublished,
}


def main_of(client):
    return client.get("/en/gap-map/").content.decode().partition("<main")[2].partition("</main>")[0]


def test_nothing_hidden_changes_anything_that_a_visitor_is_shown(client, known):
    page = main_of(client)
    before = shown_to(VISITOR)
    for name, hide in HIDDEN.items():
        hide()
        assert items_for(VISITOR) == before[0], name
    assert shown_to(VISITOR) == before == shown_to(people.representative("PER"))
    assert main_of(client) == page
    assert len(items_for(known["secretariat"])) > len(before[0]) + 6


def test_the_team_sees_its_gaps_the_secretariat_all_and_a_group_its_questions(known):
    world.gap_of("COL", "no-link", (False,), ("2",))
    seen = {
        name: {item.key for item in items_for(user) if item.kind == Kind.GAP}
        for name, user in known.items()
    }
    public = {"COL-no-law", "CHL-no-age"}
    assert seen["visitor"] == seen["member"] == public
    assert seen["team"] == public | {"GEO-no-law"}
    assert seen["secretariat"] == public | {"GEO-no-law", "COL-no-link"}
    Gap.objects.get(about="COL", kind__code="no-law").answers.update(public=False)
    assert "COL-no-law" not in {item.key for item in items_for(VISITOR)}
    assert "COL-no-law" in {item.key for item in items_for(people.representative("COL"))}
    inside = world.question("private", title="Only for us?")
    assert "Only for us?" in {item.title for item in items_for(inside)}
    for user in known.values():
        assert "Only for us?" not in {item.title for item in items_for(user)}


def searches(user):
    found = [item for item in items_for(user) if item.kind == Kind.SEARCH]
    return {(item.title, tuple(sorted(item.places))) for item in found}


def test_a_search_is_known_from_three_days_on_without_its_words_and_its_country(known, settings):
    assert searches(VISITOR) == searches(known["team"]) == {("Education", ())}
    assert searches(known["secretariat"]) == {
        ("Education, invented", ("GEO",)),
        ("Health, invented", ("COL",)),
    }
    settings.GAP_MAP_THRESHOLD = 2
    assert searches(VISITOR) == {("Education", ()), ("Health", ())}
    settings.GAP_MAP_THRESHOLD = 4
    assert searches(VISITOR) == set()


def test_a_closed_page_counts_and_an_indicator_places_for_those_who_may_open_it(client, known):
    indicator = world.put(IndicatorPage, "Health (invented)", area="health")
    practice = world.practice("On health (invented)")
    PracticeIndicator.objects.create(page=practice, indicator=indicator)

    def areas(user):
        (item,) = [item for item in items_for(user) if item.title == practice.title]
        return item.rows.areas

    assert areas(VISITOR) == {"health"}
    PageViewRestriction.objects.create(page=indicator, restriction_type="login")
    assert areas(VISITOR) == set()
    assert areas(known["member"]) == {"health"}
    address = "/en/gap-map/list/?by=indicator&row=education"
    assert "School (invented)" in client.get(address).content.decode()
    page = world.practice("Elsewhere (invented)", themes=["education"])
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert "Elsewhere (invented)" not in client.get(address).content.decode()
    client.force_login(known["member"])
    assert "Elsewhere (invented)" in client.get(address).content.decode()
    restriction.delete()
    client.logout()
    assert page.title in client.get(address).content.decode()
