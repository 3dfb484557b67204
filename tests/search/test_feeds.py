"""The Atom feed of what is new and of any search."""

from xml.etree import ElementTree

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def practices():
    for title, country in (("Registers", "CHL"), ("Surveys", "GEO"), ("Border counts", "CHL")):
        factories.practice(
            title, countries=[country], summary=f"{title} of children.", year_to=2020
        )
    factories.practice("An old census", countries=["GEO"], summary="Census.", year_to=1990)


def feed(client, query=""):
    answer = client.get(f"/en/search/feed/{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def titles(root):
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def test_what_came_last_stands_first_whatever_its_own_year(client):
    assert titles(feed(client)) == ["An old census", "Border counts", "Surveys", "Registers"]


def test_a_feed_may_be_of_any_search(client):
    assert titles(feed(client, "?country=GEO")) == ["An old census", "Surveys"]
    assert titles(feed(client, "?q=Surveys&country=GEO")) == ["Surveys"]


def test_each_entry_has_what_a_reader_of_feeds_needs(client):
    entry = next(feed(client).iter(f"{ATOM}entry"))
    assert entry.find(f"{ATOM}link").get("href").startswith("http://testserver/en/")
    assert entry.findtext(f"{ATOM}id").startswith("tag:testserver,2026:practice:")
    assert entry.findtext(f"{ATOM}summary") == "Census."
    assert entry.findtext(f"{ATOM}updated") > "2000"


def test_an_entry_keeps_its_name_when_its_page_moves(client):
    page = type(factories.practice("Moving")).objects.get(title="Moving")
    before = next(feed(client).iter(f"{ATOM}entry")).findtext(f"{ATOM}id")
    page.slug = "moved"
    page.save_revision().publish()
    entry = next(feed(client).iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}id") == before
    assert entry.find(f"{ATOM}link").get("href").endswith("/moved/")


def test_an_empty_feed_does_not_change(client):
    path = "/en/search/feed/?country=URY"
    assert client.get(path).content == client.get(path).content
    assert titles(feed(client, "?country=URY")) == []


@pytest.mark.parametrize("query", ["?country=%00", "?year=abc"])
def test_a_feed_that_cannot_be_meant_is_refused(client, query):
    assert client.get(f"/en/search/feed/{query}").status_code == 400


@pytest.mark.parametrize("query", ["?q=%00%01", "?q=%22", "?q=%EF%BF%BF", "?q=" + "x" * 3000])
def test_any_question_makes_a_readable_feed(client, query):
    feed(client, query)


def test_pages_name_the_feed_and_a_search_its_own(client):
    link = '<link rel="alternate" type="application/atom+xml"'
    for path in ("/en/", "/en/search/?q=census&country=GEO"):
        text = client.get(path).content.decode()
        assert text.count(link) == 1
    assert 'href="/en/search/feed/?q=census&amp;country=GEO"' in text
