"""Every page costs few queries, for everybody who is let in, however much there is on the site."""

import pytest
from django.db import connection

from guidance.models import GuidancePage, IndicatorPage
from pages.models import NewsPage
from tests import factories
from tests.addresses import crowd, crowd_of_group
from tests.addresses import world as the_world
from tests.addresses.table import ADDRESSES, filled
from tests.kept import kept
from workshops.models import WorkshopPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_database")]

MOST = 25
FEW, MANY = 2, 6
# Those whose pages differ most; the others see no more than one of them.
SAMPLE = (
    "visitor",
    "colleague",
    "reviewer",
    "secretariat",
    "administrator",
    "group facilitator",
)
# What the table does not name one by one: pages of other types, another language, accounts.
LISTS = ("practiceindexpage", "guidanceindexpage", "workshopindexpage", "newsindexpage")
OTHERS = (
    *("/en/", "/ar/", "/ar/search/", "/ar/members/me/", "/en/no-such-page/"),
    *(f"/en/{name}/" for name in LISTS),
    *("/en/guidanceindexpage/indicators/", "/en/search/?q=register", "/en/contribute/?all=1"),
    *("/accounts/email/", "/accounts/password/change/", "/accounts/sessions/", "/accounts/2fa/"),
)


@kept
def world(db):
    who, things = the_world.build()
    factories.home("ar")
    return who, the_world.clients(who), things


def pages(things):
    """(person, address, what is sent) of every page that these people are let in to."""
    for row in ADDRESSES:
        for name in SAMPLE:
            if name in (row.get or ()):
                yield name, filled(row, things), row.sent
    models = (GuidancePage, IndicatorPage, WorkshopPage, NewsPage)
    first = [model.objects.order_by("pk").first().url for model in models]
    for address in (*OTHERS, *first):
        for name in SAMPLE:
            yield name, address, {}


def asked(client, address, sent):
    """Return how many statements of the database an answer costs."""
    statements = []

    def count(execute, sql, *rest):
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = client.get(address, sent)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return len(statements)


def costs(clients, things, enough):
    """{(person, address): queries}; asked again where it was more than enough.

    What a process keeps for good, as content types, is kept after the first time.
    """
    found = {}
    for name, address, sent in pages(things):
        key = name, address
        found[key] = asked(clients[name], address, sent)
        if found[key] > enough(key):
            found[key] = min(found[key], asked(clients[name], address, sent))
    return found


def test_no_page_costs_more_than_25_queries_or_more_where_there_is_more(world):
    who, clients, things = world
    for add in (crowd.add, crowd_of_group.add):
        add(who, things, FEW)
    few = costs(clients, things, lambda key: 0)
    for add in (crowd.add, crowd_of_group.add):
        add(who, things, MANY)
    many = costs(clients, things, few.__getitem__)
    told = [f"{few[key]} then {many[key]}: {' '.join(key)}" for key in few]
    grown = [line for line, key in zip(told, few, strict=True) if many[key] > few[key]]
    dear = [line for line, key in zip(told, few, strict=True) if many[key] > MOST]
    assert sorted(grown) == []
    assert sorted(dear) == []
