"""What the preparation costs does not grow with its countries, their answers and their gaps."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.countries.map.test_cost import assessed
from tests.members import people
from tests.workshops import room

pytestmark = pytest.mark.django_db
MOST, ANSWERS = 25, 20
CODES = ("GEO", "COL", "KEN", "MEX", "PER", "ROU", "CHL", "MAR", "TUN", "ITA", "ESP", "URY")


def queries(user, address):
    client = Client()
    client.force_login(user)
    with CaptureQueriesContext(connection) as sent:
        assert client.get(address).status_code == 200
    return len(sent)


def test_twelve_countries_cost_as_much_as_two():
    assessed(CODES, ANSWERS)
    georgia, office = people.representative("GEO"), people.secretariat()
    found = {}
    for number in (2, len(CODES)):
        workshop = room.workshop(*CODES[:number], questionnaire="crowd")
        workshop.countries.update(gaps_shared_at="2026-01-01T00:00Z")
        desk = workshop.get_absolute_url()
        people_here = {"georgia": georgia, "office": office, "lead": room.facilitator(workshop)}
        asked = [(who, "preparation/") for who in people_here]
        asked += [("lead", "preparation/gaps.csv"), ("lead", "")]
        queries(georgia, desk)  # what a process keeps for good is kept from here on
        found[number] = {
            (name, part): queries(people_here[name], f"{desk}{part}") for name, part in asked
        }
    assert found[2] == found[len(CODES)]
    assert max(found[2].values()) <= MOST
