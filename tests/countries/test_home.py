"""Whoever represents a country is answered for it, unless they say otherwise."""

import pytest

from members.models import Kind
from search.viewer import home_of
from tests.members import people

pytestmark = pytest.mark.django_db


def test_a_representative_is_answered_for_the_country(client):
    user = people.representative("GEO")
    assert home_of(user) == "GEO"
    client.force_login(user)
    assert client.get("/en/search/?q=registry").context["search"].country == "GEO"
    assert client.get("/en/search/?q=registry&for=").context["search"].country == ""


def test_nobody_else_is(client, django_user_model):
    for user in (None, people.member("GEO"), people.secretariat()):
        assert home_of(user) == ""
    assert client.get("/en/search/?q=registry").context["search"].country == ""


def test_of_several_countries_none_is_taken_for_granted():
    user = people.representative("GEO")
    people.give(user, Kind.REPRESENTATIVE, "CHL")
    assert home_of(user) == ""
