"""What is listed, what stands in front of it, and what is shown of each answer."""

import pytest

from search import caches
from search.documents import Section
from search.engine import find
from search.places import anything_about
from search.queue import encode_waiting
from search.viewer import ANYONE, Viewer

REGISTRY = (
    "The ministries of interior, education and health share one registry. Records of children "
    "who cross the border are linked by a personal number, and the statistical office publishes "
    "figures by age and sex every year."
)
SURVEY = (
    "A household survey asked families about parents who work abroad and the children who stay "
    "behind with their grandparents."
)
MEMBERS = frozenset({"community:1"})


@pytest.fixture
def encoded(vocabulary, shelf):
    shelf.put(1, "Unified data system", REGISTRY, facets={"country": ("GEO",)})
    shelf.put(2, "Children left behind in Moldova", SURVEY, facets={"country": ("MDA",)})
    shelf.put(3, "Counting", "The census counts everybody by country of birth and of citizenship.")
    encode_waiting.call()
    return shelf


def keys(results):
    return [hit.key for hit in results.hits]


def test_a_country_that_nobody_wrote_about_has_no_answers(encoded):
    for asked, language in (("Germany", "en"), ("Alemania", "es"), ("Kuwait", "en")):
        results = find(asked, ANYONE, language=language)
        assert (results.total, results.relevant) == (0, False), asked
        assert results.notice
    assert keys(find("Moldova", ANYONE)) == ["shelf:2"]


def test_a_country_that_only_others_may_read_about_has_no_answers(encoded):
    encoded.put(
        8, "Secret survey of Germany", SURVEY, audiences=MEMBERS, facets={"country": ("DEU",)}
    )
    view = caches.current().view()
    assert not anything_about(view, ("DEU",), ANYONE.audiences)
    assert anything_about(view, ("DEU",), MEMBERS)
    assert not find("Germany", ANYONE).relevant
    assert keys(find("Germany", Viewer(MEMBERS))) == ["shelf:8"]


def test_answers_from_elsewhere_are_named_as_such(encoded):
    question = "how are children who cross the border of Germany registered"
    results = find(question, ANYONE)
    assert results.total
    assert "Nothing here is about Germany" in results.notice
    assert "Germany" not in find(question.replace("Germany", "Georgia"), ANYONE).notice


def test_only_texts_with_the_quoted_phrase_are_listed(encoded):
    encoded.put(6, "Two", "Citizenship by birth; the country asks of it. Country, birth of all.")
    encode_waiting.call()
    results = find('"country of birth"', ANYONE)
    assert (keys(results), results.notice) == (["shelf:3"], "")
    both = find('"country of birth" "of citizenship"', ANYONE)
    assert keys(both) == ["shelf:3"]


def test_a_phrase_that_nothing_has_says_that_others_come_near(encoded):
    results = find('"household survey of parents who work abroad"', ANYONE)
    assert keys(results)[0] == "shelf:2"
    assert "No text has exactly this phrase" in results.notice


def test_the_passage_shown_says_something(encoded):
    long = (
        "Families whose parents work abroad answered forty questions on school, health, care " * 3
    )
    encoded.put(
        9,
        "Grandparents as carers",
        Section(("Set-up",), "Grandparents as carers."),
        Section(("Results",), long),
    )
    encode_waiting.call()
    hit = find("grandparents as carers of children whose parents work abroad", ANYONE).hits[0]
    assert (hit.key, hit.passage.heading) == ("shelf:9", "Results")


def test_reasons_leave_out_what_all_texts_are_about(encoded):
    encoded.put(
        9, "Unaccompanied", "The register has data on unaccompanied children of each country."
    )
    encode_waiting.call()
    hit = find("data country unaccompanied children", ANYONE).hits[0]
    assert hit.reasons
    assert not {"Data", "Child", "Country"} & set(hit.reasons)
