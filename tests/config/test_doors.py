"""Every public address of the demo answers, in few queries, in every language."""

import pytest
from wagtail.models import Page

from practices.models import PracticePage
from search.viewer import ANYONE

pytestmark = pytest.mark.django_db

MOST_QUERIES = 25


def test_every_live_page_answers(seeded, client):
    pages = list(Page.objects.live().filter(depth__gt=1))
    assert len(pages) > 100
    wrong = {
        page.url: status for page in pages if (status := client.get(page.url).status_code) != 200
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/ar/",
        "/en/practices/",
        "/en/practices/georgia-unified-migration-data/",
        "/fr/pratiques/maroc-registre-social-unique/",
        "/en/guidance/",
        "/en/guidance/ideas-data-ecosystem-assessment/",
        "/en/guidance/indicators/",
        "/en/workshops/",
        "/en/workshops/panama-2025-regional-workshop-latin-america/",
        "/en/countries/",
        "/en/countries/chile/",
        "/en/news/",
        "/en/about/",
        "/en/search/?q=data+held+by+several+ministries",
        "/en/search/",
        "/en/search/feed/",
        "/en/search/feed/?q=data+held+by+several+ministries&kind=practice",
        "/sitemap.xml",
        "/robots.txt",
        "/en/no-such-page/",
    ],
)
def test_a_page_needs_few_queries(seeded, client, address, django_assert_max_num_queries):
    client.get(address)  # what is cached for good, such as content types, is cached now
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(address)


def test_the_number_of_queries_does_not_grow_with_the_list(
    seeded, client, django_assert_max_num_queries
):
    from tests import factories

    for number in range(15):
        factories.practice(f"Invented practice number {number}", countries=["CHL", "GEO"])
    client.get("/en/practices/")
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/en/practices/")


def test_lists_show_works_of_all_languages_once(seeded, client):
    answer = client.get("/ar/practices/")
    results = answer.context["results"]
    assert results.total == PracticePage.objects.live().count()
    assert {hit.card.language for hit in results.hits} >= {"en", "es", "fr"}


def test_a_page_written_in_spanish_is_labelled_for_an_english_reader(seeded, client):
    text = client.get("/en/practices/?language=es").content.decode()
    assert 'lang="es"' in text
    assert "Spanish" in text


def test_a_country_page_exists_in_every_language_under_its_own_name(seeded, client):
    assert "Geor" in client.get("/es/paises/georgia/").content.decode()
    assert "جورجيا" in client.get("/ar/countries/georgia/").content.decode()


@pytest.mark.parametrize("bad", ["country=%00", "page=0", "page=x", "year=abc"])
def test_a_list_that_cannot_be_meant_says_so(seeded, client, bad):
    answer = client.get(f"/en/practices/?{bad}")
    assert answer.status_code == 400
    assert "search" in answer.content.decode()


def test_a_page_beyond_the_end_of_a_list_is_its_last(seeded, client):
    beyond = client.get("/en/practices/?page=9999999")
    assert beyond.status_code == 200
    assert beyond.context["page_number"] == beyond.context["page_count"]


def test_the_question_of_the_first_slice_is_answered(seeded):
    from search.engine import find

    question = "how do countries bring together data held by several ministries"
    hits = find(question, ANYONE, limit=10).hits
    countries = {code for hit in hits for code in hit.card.countries}
    assert {"GEO", "MAR", "CHL"} <= countries
