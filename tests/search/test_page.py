from datetime import date

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


def test_htmx_gets_what_belongs_to_the_question_outside_the_results(client, library):
    text = client.get(
        "/en/search/", {"q": "registry"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<title>registry – Search – " in text
    assert 'href="/fr/search/?q=registry"' in text
    assert 'data-feed="/en/search/feed/?q=registry"' in text
    assert "?next=/en/search/%3Fq%3Dregistry" in text


@pytest.mark.parametrize("query", ['"', "??", "🙂"])
def test_a_question_without_a_word_says_so(client, library, query):
    answer = get(client, q=query)
    assert answer.context["results"].total == 23
    assert "There is no word in this" in answer.content.decode()


@pytest.mark.parametrize("query", ["", "  ", "registry"])
def test_a_question_with_words_or_none_asked_is_not_told_so(client, library, query):
    assert "There is no word in this" not in get(client, q=query).content.decode()


def test_a_refused_address_leads_to_the_search_and_logs_one_line(client, library, caplog):
    answer = get(client, q="registry", page="0")
    assert 'href="/en/search/"' in answer.content.decode()
    [line] = [each for each in caplog.records if each.name == "django.request"]
    assert line.exc_info is None
    assert line.status_code == 400


def test_a_day_is_shown_only_where_it_is_known(client, shelf):
    shelf.put(1, "Only a year", "One.", kind="news", date=date(2025, 1, 1))
    shelf.put(2, "A day", "Two.", kind="news", date=date(2024, 3, 20))
    text = get(client, kind="news").content.decode()
    assert "<span>2025</span>" in text
    assert "1 January" not in text
    assert '<time datetime="2024-03-20">20 March 2024</time>' in text


def test_a_filter_can_be_removed_by_its_link(client, library):
    answer = get(client, q="registry", country="GEO")
    assert 'href="?q=registry"' in answer.content.decode()


def test_a_filter_in_small_letters_can_be_removed_as_well(client, library):
    assert 'href="?q=registry"' in get(client, q="registry", country="geo").content.decode()


def test_a_page_beyond_the_end_is_the_last(client, library):
    answer = get(client, q="registry of children", page="400")
    assert answer.context["page_number"] == 2
    assert len(answer.context["results"].hits) == 2


@pytest.mark.parametrize("number", ["501", "999999", "9" * 5000, "002"])
def test_any_page_far_beyond_the_end_is_the_last(client, library, number):
    answer = get(client, q="registry of children", page=number)
    assert answer.status_code == 200
    assert answer.context["page_number"] == 2


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
        {"page": "00"},
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


@pytest.mark.parametrize("page", ["000001" + "9" * 5000, "0" * 5000, "9" * 5000])
def test_no_page_number_breaks_the_page(client, library, page):
    assert get(client, q="registry", page=page).status_code in (200, 400)


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
