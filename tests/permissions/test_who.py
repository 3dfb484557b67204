"""Everybody finds and opens exactly what is theirs: denied beside allowed, from one table."""

from functools import cache

import pytest

from library.models import LibraryFile
from tests.permissions import crawl, many_groups
from tests.permissions.site_of_many import address
from tests.permissions.things import FILES, GROUPS, PAGES, PERSONAS, THINGS

pytestmark = pytest.mark.django_db


def found(client, question):
    """The names of the things that an answer leads to; a building block leads to its practice."""
    results = client.get(crawl.api(question)).json()["results"]
    urls = [each["url"] for each in results]
    return {thing.name for thing in THINGS if any(leads_to(thing, url) for url in urls)}


def leads_to(thing, url):
    if thing in FILES:
        return f"/en/files/{number_of(thing)}/" in url
    if thing in GROUPS:
        return f"/communities/{many_groups.slug_of(thing.name[-1])}/" in url
    return thing in PAGES and address(thing) in url and thing.name != "newer"


@cache
def number_of(file):
    return LibraryFile.objects.get(title=file.title).pk


def theirs(persona):
    return {thing.name for thing in THINGS if persona in thing.finds}


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_finds_by_words_what_is_theirs(many, persona):
    client = many.clients[persona]
    for field in ("title", "summary"):
        asked = {thing.name: found(client, thing.canary(field)) for thing in THINGS}
        assert {name for name, names in asked.items() if name in names} == theirs(persona)
        assert set.union(*asked.values()) == theirs(persona)


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_finds_by_meaning_what_is_theirs(many, persona):
    client = many.clients[persona]
    asked = {thing.name for thing in THINGS if thing.name in found(client, thing.paraphrase)}
    assert asked == theirs(persona)


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_opens_what_is_theirs(many, persona):
    client = many.clients[persona]
    status = {thing.name: client.get(address(thing)).status_code for thing in PAGES}
    newer = status.pop("newer")
    assert newer == 200  # the live page; its draft is another thing
    opened = {name for name, code in status.items() if code == 200}
    assert opened == {each.name for each in PAGES if persona in each.opens}
    assert set(status.values()) <= {200, 404}


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_opens_the_files_that_are_theirs(many, persona):
    client = many.clients[persona]
    for thing in FILES:
        file = LibraryFile.objects.get(pk=number_of(thing))
        right = 200 if persona in thing.opens else 404
        for path in (file.url, f"/en/files/{file.pk}/"):
            assert client.get(path).status_code == right, path
            assert client.head(path).status_code == right, path


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_opens_what_stands_in_their_communities(many, persona):
    client = many.clients[persona]
    for thing in GROUPS:
        right = 200 if persona in thing.opens else 404
        for path in many_groups.everything_of(thing):
            assert client.get(path).status_code == right, path
            assert client.head(path).status_code == right, path
