"""A workshop of six countries on the site that real servers serve."""

import json
import re

import pytest

from tests.seeded import manage

COUNTRIES = ("GEO", "COL", "KEN", "MEX", "PER", "ROU")
PHONES = 30
PEOPLE = f"""
import json
from django.conf import settings
from django.test import Client
from tests.members import people
from tests.workshops import room
def session(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
codes = {COUNTRIES!r}
workshop = room.workshop(*codes, title="Six countries (invented)")
told = {{"cookie": settings.SESSION_COOKIE_NAME, "workshop": workshop.pk, "phones": []}}
for code in codes:
    told[code] = session(people.representative(code, password=None))
told["leaver"] = session(people.representative("COL", password=None))
told["lead"] = session(room.facilitator(workshop, people.member("KEN", password=None)))
owner = people.representative("GEO", password=None)
told["crowded"] = room.challenge(workshop, owner, title="All at once (invented)").pk
for number in range({PHONES}):
    guest = people.person(name="Guest", password=None)
    country = codes[1 + number % 5]
    told["phones"].append(session(room.registered(workshop, guest, country=country)))
print("told", json.dumps(told))
"""


@pytest.fixture(scope="session")
def room(site_environment):
    """Its number, its crowded challenge, and the sessions of who takes part."""
    said = manage("shell", "-c", PEOPLE, env=site_environment)
    return json.loads(re.search(r"told (\{.*\})", said)[1])
