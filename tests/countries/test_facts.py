"""Facts of countries: who reads which, and what they cost."""

import pytest
from django.contrib.auth.models import AnonymousUser

from countries.facts import facts_of
from countries.models import ProfileEntry
from tests.countries import said
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


@kept
def georgia(db):
    said.entry("transit", public=True)
    said.entry("destination", public=False)
    said.entry("unaccompanied-separated-children", kind="population", public=True)
    said.source("Census (invented)", type="census", public=True)
    said.source("Border records (invented)", type="administrative", public=False)
    said.source("Something (invented)", type="", public=True)


PUBLIC = frozenset(
    {
        ("role", "transit"),
        ("population", "unaccompanied-separated-children"),
        ("source", "census"),
    }
)
PRIVATE = frozenset({("role", "destination"), ("source", "administrative")})


def test_the_team_and_the_secretariat_get_all_and_everybody_else_what_is_public(georgia):
    for user in (people.representative("GEO"), people.secretariat(), people.superuser()):
        assert facts_of(["GEO"], user)["GEO"] == PUBLIC | PRIVATE
    others = (
        None,
        AnonymousUser(),
        people.person(),
        people.member("GEO"),  # of the country, not of its team
        people.reviewer("GEO"),
        people.representative("CHL"),
    )
    for user in others:
        assert facts_of(["GEO"], user)["GEO"] == PUBLIC


def test_a_team_whose_term_has_ended_gets_what_is_public(georgia):
    user = people.representative("GEO")
    user.roles.update(starts="2020-01-01", ends="2020-12-31")
    assert facts_of(["GEO"], user)["GEO"] == PUBLIC


def test_a_country_that_said_nothing_has_no_facts(georgia):
    assert facts_of(["CHL", "GEO"]) == {"CHL": frozenset(), "GEO": PUBLIC}
    assert facts_of([]) == {}


def test_all_countries_cost_one_query(georgia, django_assert_num_queries):
    codes = ["GEO"]
    for number in range(60):
        codes.append(f"X{chr(65 + number // 26)}{chr(65 + number % 26)}")
    ProfileEntry.objects.bulk_create(
        ProfileEntry(about=code, kind="role", code="origin", public=True) for code in codes
    )
    with django_assert_num_queries(1):
        assert all(("role", "origin") in facts for facts in facts_of(codes).values())
