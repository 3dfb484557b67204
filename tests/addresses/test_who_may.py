"""Every address has a row in the table of who may use it, and answers as its row says."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver

from tests.addresses import world as the_world
from tests.addresses.rows import PEOPLE
from tests.addresses.table import ACCOUNTS, ADDRESSES, filled, row_of
from tests.kept import kept
from tests.project.test_urls import routes

# The doors of each app are tried on every database; this is the whole table, thousands of requests.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_database")]
# So that processes which test side by side share the work.
PARTS = 8
# Wagtail's own interface: one question for all of it.
EDITORS_ONLY = "admin/"
NOT_TAKEN = 405


class TakenBackError(Exception):
    """Takes back what somebody sent."""


def own_routes():
    """The routes of the site: those of the editor and of the accounts have tests of their own."""
    every = {route for route in routes(get_resolver()) if not route.startswith(EDITORS_ONLY)}
    return sorted(route for route in every if not ACCOUNTS.fullmatch(route))


@kept
def world(db):
    who, things = the_world.build()
    return the_world.clients(who), things


def is_let_in(response, address):
    """Whether an answer is more than a denial or the way to the log-in.

    Who has to prove once more who they are is let in. What is not there without a language is
    looked for with one.
    """
    if response.status_code in (401, 403, 404):
        return False
    led_to = response.headers.get("Location", "")
    return "/accounts/login/" not in led_to and led_to != f"/en{address}"


def answered(client, row, address, method):
    """The status of one request and whether it lets in; what it changed is taken back."""
    told = {}
    try:
        with transaction.atomic():
            response = getattr(client, method)(address, row.sent)
            told = {"status": response.status_code, "in": is_let_in(response, address)}
            raise TakenBackError
    except TakenBackError:
        return told


def test_every_address_has_a_row():
    assert [route for route in own_routes() if row_of(route) is None] == []


def test_every_row_has_an_address():
    assert {row.route for row in ADDRESSES} - set(own_routes()) == set()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_is_let_in_where_the_table_says_and_nowhere_else(world, part, method):
    clients, things = world
    wrong = []
    for row in ADDRESSES[part::PARTS]:
        expected, address = getattr(row, method), filled(row, things)
        found = {name: answered(clients[name], row, address, method) for name in PEOPLE}
        if failed := {
            name: each["status"] for name, each in found.items() if each["status"] >= 500
        }:
            wrong.append(f"{row}: fails for {failed}")
        taken = {name for name, each in found.items() if each["status"] != NOT_TAKEN}
        let_in = {name for name in taken if found[name]["in"]}
        if let_in != set(expected or ()):
            more, less = let_in - set(expected or ()), set(expected or ()) - let_in
            wrong.append(f"{method} {row}: also {sorted(more)}, not {sorted(less)}")
    assert not wrong, "\n" + "\n".join(wrong)


# What reading may move: sessions and their last use, and the counter of questions without answer.
MOVED_BY_READING = {"django_session", "usersessions_usersession", "shared_cache"}


def contents():
    """Every table as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names()) - MOVED_BY_READING:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


@pytest.mark.parametrize("person", ["visitor", "author", "reviewer", "secretariat"])
def test_reading_changes_nothing(world, person):
    clients, things = world
    client = clients[person]
    client.get("/en/")
    before = contents()
    for row in ADDRESSES:
        if row.get:
            client.get(filled(row, things), row.sent)
    after = contents()
    assert {table for table in before if before[table] != after[table]} == set()


def test_nothing_is_sent_without_the_token_of_the_form(world):
    _clients, things = world
    author = get_user_model().objects.get(pk=things["author"])
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    before = contents()
    forms = [row for row in ADDRESSES if row.post and not row.signed]
    sent_to = [row for row in forms if row.route.startswith("en/")]
    refused = {row.route: client.post(filled(row, things), row.sent).status_code for row in sent_to}
    assert {route: code for route, code in refused.items() if code != 403} == {}
    assert contents() == before
