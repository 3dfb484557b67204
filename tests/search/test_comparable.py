"""Comparable countries: an order with its reasons, and nothing in either that is not stored."""

import itertools
import random

import pytest

from search.comparable import MOST_LIFT, SAME_COUNTRY, SAME_REGION, WEIGHTS, compare
from search.engine import find
from search.facts import FACET_OF, Reason
from search.queue import encode_waiting
from search.viewer import ANYONE
from tests.search.facts import SECRETARIAT, team
from vocabulary.labels import regions_of

TEXT = "The ministries share one registry of children who cross the border."
COUNTRIES = ("GEO", "ARM", "CHL", "PER", "MAR")
GAP = ("gap", "no-register")


def about(*countries, **facets):
    regions = [region for country in countries for region in regions_of(country)]
    return {"country": countries, "region": tuple(dict.fromkeys(regions)), **facets}


@pytest.fixture
def library(vocabulary, shelf):
    for number, country in enumerate(COUNTRIES):
        shelf.put(number, f"Registry {number}", TEXT, facets=about(country))
    encode_waiting.call()
    return shelf


def keys(results):
    return [hit.key for hit in results.hits]


def told(results):
    return [(hit.key, hit.score, hit.passage, hit.card) for hit in results.hits]


def test_without_facts_only_the_place_counts(library, register):
    plain = {hit.key: hit.score for hit in find("registry", ANYONE).hits}
    found = find("registry", ANYONE, country="COL")
    lifted = {hit.key: round(hit.score - plain[hit.key], 4) for hit in found.hits}
    near = {f"shelf:{n}": SAME_REGION for n, each in enumerate(COUNTRIES) if each in ("CHL", "PER")}
    assert lifted == dict.fromkeys(plain, 0.0) | near
    own = find("registry", ANYONE, country="CHL").hits[0]
    assert (own.key, round(own.score - plain[own.key], 4)) == ("shelf:2", SAME_COUNTRY)


def test_facts_change_nothing_where_no_country_is_asked_for(library, register):
    before = find("registry", ANYONE)
    register.record("COL", GAP)
    register.record("GEO", GAP)
    after = find("registry", ANYONE)
    assert told(before) == told(after)
    assert not any(hit.alike or hit.differs for hit in after.hits)


def test_what_has_the_same_gaps_comes_before_what_has_not(library, register):
    register.record("COL", GAP)
    register.record("MAR", GAP)
    found = find("registry of children", ANYONE, country="COL")
    without = find("registry of children", ANYONE)
    assert set(keys(found)) == set(keys(without))
    rank = keys(found).index
    assert rank("shelf:4") < rank("shelf:0")
    [mar] = [hit for hit in found.hits if hit.key == "shelf:4"]
    assert mar.alike == (Reason(*GAP, "COL", "MAR"),)


def test_a_list_without_words_begins_with_what_is_most_alike(library, register):
    newest = keys(find("", ANYONE))
    assert keys(find("", ANYONE, country="COL")) == newest
    register.record("COL", GAP, ("role", "transit"))
    register.record("MAR", GAP, ("role", "transit"))
    assert set(keys(find("", ANYONE, country="COL"))) == set(newest)
    # As much of it as all of a region's: what is alike and far stands beside what is near.
    register.record("COL", ("set-up", "one-law"))
    register.record("MAR", ("set-up", "one-law"))
    assert keys(find("", ANYONE, country="COL"))[0] == "shelf:4"


def test_a_document_says_itself_which_sources_and_children_it_is_about(library, register):
    library.put(7, "Registry 7", TEXT, facets=about("MAR", data_source=("survey", "census")))
    library.put(8, "Registry 8", TEXT, facets={"population": ("refugee",)})
    register.record("COL", ("source", "survey"), ("population", "refugee"))
    register.record("MAR", ("source", "census"))
    hits = {hit.key: hit for hit in find("registry", ANYONE, country="COL").hits}
    assert hits["shelf:7"].alike == (Reason("source", "survey", "COL", ""),)
    assert hits["shelf:7"].differs == (Reason("source", "census", "", "COL"),)
    assert hits["shelf:8"].alike == (Reason("population", "refugee", "COL", ""),)
    # Of a document that says nothing of it, its country tells.
    assert hits["shelf:4"].differs == (Reason("source", "census", "MAR", "COL"),)


def test_silence_is_no_difference(library, register):
    register.record("COL", GAP)
    register.record("MAR", ("role", "transit"))
    hits = find("registry", ANYONE, country="COL").hits
    assert not any(hit.differs for hit in hits)


def test_neighbours_are_told_by_the_region(library, register):
    hits = {hit.key: hit for hit in find("registry", ANYONE, country="COL").hits}
    assert hits["shelf:2"].alike == (Reason("region", "005", "COL", "CHL"),)
    assert hits["shelf:0"].alike == ()


def test_private_facts_move_and_explain_nothing_for_others(library, register):
    register.record("COL", ("role", "transit"))
    register.record("MAR", ("role", "origin"), GAP)
    before = {viewer: find("registry", viewer, country="COL") for viewer in (ANYONE, team("GEO"))}
    register.record("COL", GAP, public=False)
    for viewer, result in before.items():
        after = find("registry", viewer, country="COL")
        assert told(after) == told(result)
        assert [hit.alike for hit in after.hits] == [hit.alike for hit in result.hits]
        assert [hit.differs for hit in after.hits] == [hit.differs for hit in result.hits]
    for viewer in (team("COL"), SECRETARIAT):
        hits = find("registry", viewer, country="COL").hits
        [mar] = [hit for hit in hits if hit.key == "shelf:4"]
        assert Reason(*GAP, "COL", "MAR") in mar.alike


def test_private_facts_of_other_countries_count_for_nobody(library, register):
    register.record("COL", GAP)
    before = find("registry", ANYONE, country="COL")
    register.record("MAR", GAP, public=False)
    for viewer in (ANYONE, team("COL"), team("MAR"), SECRETARIAT):
        after = find("registry", viewer, country="COL")
        assert keys(after) == keys(before)
        assert [hit.alike for hit in after.hits] == [hit.alike for hit in before.hits]


CODES = {
    "gap": ("no-register", "no-link", "no-age", "too-late"),
    "set-up": ("one-law", "agreement", "committee"),
    "source": ("survey", "census", "administrative"),
    "population": ("refugee", "unaccompanied"),
    "role": ("origin", "transit", "destination", "return"),
}
EVERY = [(kind, code) for kind, codes in CODES.items() for code in codes]


def fill(register, shelf, chance):
    for country in (*COUNTRIES, "COL"):
        register.record(country, *chance.sample(EVERY, chance.randrange(len(EVERY))))
        register.record(country, *chance.sample(EVERY, 3), public=False)
    for number in range(10, 16):
        countries = chance.sample((*COUNTRIES, "COL"), chance.randrange(4))
        facets = about(
            *countries,
            data_source=tuple(chance.sample(CODES["source"], chance.randrange(3))),
            population=tuple(chance.sample(CODES["population"], chance.randrange(3))),
        )
        shelf.put(number, f"Registry {number}", TEXT, facets=facets)


def stored(reason, country, register, viewer, book):
    """Whether a fact is stored of a country (or of the document), for this viewer."""
    if reason.kind == "region":
        return reason.code in regions_of(country)
    if not country:
        return reason.code in book.facets.get(FACET_OF[reason.kind], ())
    return (reason.kind, reason.code) in register.visible(country, viewer)


@pytest.mark.parametrize("seed", range(8))
def test_every_reason_is_stored_and_known_to_the_viewer(library, register, seed):
    chance = random.Random(seed)
    fill(register, library, chance)
    seen = 0
    for viewer in (ANYONE, team("COL"), team("MAR"), SECRETARIAT):
        # What others may know of the countries of documents is what everybody may know.
        for hit in find("registry", viewer, country="COL", limit=50).hits:
            book = library.books[hit.key.partition(":")[2]]
            for reason in (*hit.alike, *hit.differs):
                whose = {each: viewer if each == "COL" else ANYONE for each in (*COUNTRIES, "COL")}
                here = stored(reason, reason.country, register, whose.get(reason.country), book)
                there = stored(reason, reason.other, register, whose.get(reason.other), book)
                assert here
                assert there is (reason in hit.alike)
                assert {reason.country, reason.other} <= {"", "COL", *book.facets["country"]}
                seen += 1
            assert len(hit.alike) <= 4
            assert len(hit.differs) <= 3
    assert seen


@pytest.mark.parametrize("seed", range(8))
def test_likeness_hides_nothing_and_never_passes_what_fits_clearly_better(library, register, seed):
    chance = random.Random(seed)
    fill(register, library, chance)
    library.put(30, "Border statistics", "Counting who crosses a border.", facets=about("MAR"))
    library.put(31, "Schools", "Children go to school and learn in one class.", facets=about("PER"))
    question = "registry of children who cross the border"
    plain = {hit.key: hit.score for hit in find(question, SECRETARIAT, limit=50).hits}
    lifted = find(question, SECRETARIAT, country="COL", limit=50).hits
    assert {hit.key for hit in lifted} == set(plain)
    for hit in lifted:
        assert -1e-4 <= hit.score - plain[hit.key] <= MOST_LIFT + 1e-4
    for above, below in itertools.combinations(lifted, 2):
        assert plain[below.key] - plain[above.key] <= MOST_LIFT + 1e-4


def test_the_bound_is_what_the_table_says():
    assert sum(WEIGHTS.values()) + SAME_REGION == pytest.approx(MOST_LIFT)
    assert SAME_COUNTRY <= MOST_LIFT


@pytest.mark.django_db
def test_a_country_that_nothing_is_known_of_is_asked_for_cheaply(register):
    register.record("GEO", GAP)
    assert compare("COL", ANYONE).others == {}
