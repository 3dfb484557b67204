import pytest

from search.queue import encode_waiting
from vocabulary.stamp import touch

TEXT = "The ministries share one registry of children who cross the border."


@pytest.fixture
def library(shelf):
    for number in range(1, 23):
        shelf.put(number, f"Registry {number}", TEXT, facets={"country": ("GEO",)})
    shelf.put(23, "Census", "Everybody is counted by birth.", facets={"country": ("MDA",)})
    encode_waiting.call()
    return shelf


def get(client, **parameters):
    return client.get("/en/search/", parameters)


def test_the_page_answers(client, library):
    answer = get(client, q="registry of children")
    assert answer.status_code == 200
    assert "<mark>" in answer.content.decode()
    assert answer.context["results"].total == 22
    assert (answer.context["page_number"], answer.context["page_count"]) == (1, 2)
    assert 'href="?q=registry+of+children&amp;page=2"' in answer.content.decode()


def test_the_second_page_goes_on(client, library):
    first = get(client, q="registry of children").context["results"]
    second = get(client, q="registry of children", page="2").context["results"]
    assert len(first.hits) == 20
    assert len(second.hits) == 2
    assert not {hit.key for hit in first.hits} & {hit.key for hit in second.hits}


def test_htmx_gets_only_the_results(client, library):
    answer = client.get("/en/search/", {"q": "registry"}, headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b'id="results"' in answer.content
    assert "HX-Request" in answer["Vary"]


def test_a_filter_can_be_removed_by_its_link(client, library):
    answer = get(client, q="registry", country="GEO")
    assert 'href="?q=registry"' in answer.content.decode()


def test_a_filter_in_small_letters_can_be_removed_as_well(client, library):
    assert 'href="?q=registry"' in get(client, q="registry", country="geo").content.decode()


def test_a_page_beyond_the_end_is_the_last(client, library):
    answer = get(client, q="registry of children", page="400")
    assert answer.context["page_number"] == 2
    assert len(answer.context["results"].hits) == 2


def test_where_the_reader_needs_it_hides_nothing(client, library):
    everywhere = get(client, q="registry").context["results"]
    there = get(client, q="registry", **{"for": "geo"}).context["results"]
    assert there.total == everywhere.total
    assert get(client, q="registry", **{"for": "nowhere"}).status_code == 400


@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "0"},
        {"page": "-1"},
        {"page": "x"},
        {"page": "99999999999999999999"},
        {"country": "<script>"},
        {"year": "' OR 1=1"},
        {"kind": "a b"},
        {"theme": [f"t{n}" for n in range(51)]},
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(client, library, parameters):
    answer = get(client, q="registry", **parameters)
    assert answer.status_code == 400
    assert b"<script>" not in answer.content.replace(b"<script>al", b"")


@pytest.mark.parametrize("query", ['"', "\x00", "<script>alert(1)</script>", "{{7*7}}", "a" * 9000])
def test_no_query_breaks_the_page(client, library, query):
    answer = get(client, q=query)
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content
    assert b"49" not in answer.content.replace(b"{{7*7}}", b"") or query != "{{7*7}}"


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_every_language_has_the_page(client, library, language):
    assert client.get(f"/{language}/search/", {"q": "registry"}).status_code == 200


def test_a_page_of_hits_costs_a_constant_number_of_queries(
    client, library, django_assert_max_num_queries
):
    touch()
    get(client, q="registry of children")
    with django_assert_max_num_queries(20):
        get(client, q="registry of children")
