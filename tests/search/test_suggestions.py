"""Suggestions while typing: what they find, and what they never tell."""

import pytest

from search.suggestions import SHORTEST, suggest
from search.suggestions.prefixes import Prefixes
from search.viewer import ANYONE, Viewer

MEMBER = Viewer(frozenset({"public", "members"}))


@pytest.fixture
def library(vocabulary, shelf):
    shelf.put(1, "Registry of unaccompanied children", "One.", facets={"country": ("CHL",)})
    shelf.put(2, "Étude sur les enfants", "Deux.", language="fr", kind="guidance")
    shelf.put(3, "مسح الأطفال المهاجرين", "ثلاثة.", language="ar")
    return shelf


def labels(text, viewer=ANYONE, language="en", group=None):
    groups = suggest(text, viewer, language)
    return [each.label for g in groups if group in (None, g.name) for each in g.suggestions]


def titles(text, viewer=ANYONE, language="en"):
    return labels(text, viewer, language, "titles")


@pytest.mark.parametrize("typed", ["reg", "Registry of un", "unaccomp", "children reg", "REGISTRY"])
def test_the_beginning_of_any_word_finds_a_title(library, typed):
    assert titles(typed) == ["Registry of unaccompanied children"]


def test_every_word_counts(library):
    assert titles("registry enfants") == []


@pytest.mark.parametrize("typed", ["etude", "ÉTU", "sur enf"])
def test_accents_do_not_matter(library, typed):
    assert titles(typed) == ["Étude sur les enfants"]


@pytest.mark.parametrize("typed", ["الاطفال", "أطفا", "اطف", "مسح"])
def test_arabic_forms_and_the_article_do_not_matter(library, typed):
    assert titles(typed) == ["مسح الأطفال المهاجرين"]


@pytest.mark.parametrize("typed", ["regstry", "unacompan", "registri"])
def test_one_slip_in_a_longer_word_is_forgiven(library, typed):
    assert titles(typed) == ["Registry of unaccompanied children"]


@pytest.mark.parametrize("typed", ["", "r", "  ", "?", "qqqqq", "\x00", "%", '"', "a" * 90_000])
def test_what_means_nothing_suggests_nothing(library, typed):
    assert labels(typed) == []


def test_a_country_narrows_and_the_words_before_it_stay(library):
    [chile] = [g for g in suggest("registry of chi", ANYONE, "en") if g.name == "countries"]
    [found] = chile.suggestions
    assert (found.label, found.facet, found.code) == ("Chile", "country", "CHL")
    assert (found.query, found.count) == ("registry", 1)


def test_a_country_is_found_by_its_name_in_any_language(library):
    assert "Chile" in labels("تشيلي", group="countries")


def test_a_country_without_anything_to_read_is_not_suggested(library):
    assert labels("georg", group="countries") == []
    library.put(4, "Count", "Text.", facets={"country": ("GEO",)})
    assert labels("georg", group="countries") == ["Georgia"]


def test_a_concept_becomes_the_question(library):
    concepts = [g for g in suggest("egris", ANYONE, "en") if g.name == "concepts"]
    [found] = concepts[0].suggestions
    assert found.query == found.label
    assert found.url == found.facet == ""


def test_a_kind_narrows(library):
    [found] = next(g for g in suggest("guida", ANYONE, "en") if g.name == "kinds").suggestions
    assert (found.facet, found.code, found.count) == ("kind", "guidance", 1)


def test_a_work_in_several_languages_is_one_suggestion_in_the_readers(library):
    library.put(5, "Colombia counts", "Text.", work="same")
    library.put(6, "Colombia cuenta", "Texto.", work="same", language="es")
    assert titles("colombia") == ["Colombia counts"]
    assert titles("colombia", language="es") == ["Colombia cuenta"]


def test_a_renamed_document_is_found_by_its_new_title_only(library):
    assert titles("registry")
    library.put(1, "Ledger of children", "One.")
    assert titles("registry") == []
    assert titles("ledger") == ["Ledger of children"]


def test_many_changes_are_kept_apart(library):
    for number in range(10, 40):
        library.put(number, f"Volume{number} again", "Text.")
        assert titles(f"volume{number}") == [f"Volume{number} again"]
    library.take(10)
    assert titles("volume10") == []


def test_what_is_withdrawn_is_not_suggested(library):
    library.take(1)
    assert titles("registry") == []


def test_only_who_may_open_a_document_is_told_its_title(library):
    library.put(7, "Secretive ledger", "Text.", audiences=frozenset({"members"}))
    assert titles("secretive", MEMBER) == ["Secretive ledger"]
    assert titles("secretive") == []


def test_the_database_has_the_last_word(library):
    assert titles("registry")
    library.closed.add("1")
    assert titles("registry") == []


def test_what_is_private_changes_nothing_for_others(library):
    typed = ["reg", "regstry", "chi", "georg", "guid", "unaccompanied", "registry of chi"]
    before = [suggest(text, ANYONE, "en") for text in typed]
    members = frozenset({"members"})
    library.put(8, "Regstry of Georgia", "Text.", audiences=members, facets={"country": ("GEO",)})
    library.put(9, "Guide", "Text.", audiences=members, kind="guidance", work="x")
    assert [suggest(text, ANYONE, "en") for text in typed] == before
    assert [suggest(text, MEMBER, "en") for text in typed] != before


def test_the_address_answers_with_options(client, library):
    answer = client.get("/en/search/suggestions/", {"q": "reg"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'role="option"' in text
    assert 'data-url="/en/shelf/1/"' in text
    assert "<html" not in text


def test_markup_in_a_title_stays_text(client, library):
    library.put(1, "<img src=x onerror=alert(1)> registry", "One.")
    answer = client.get("/en/search/suggestions/", {"q": "registry"}).content.decode()
    assert "&lt;img" in answer
    assert "<img" not in answer


def test_a_member_s_suggestions_are_kept_nowhere(client, library, django_user_model):
    client.force_login(django_user_model.objects.create_user("m@example.org", "x"))
    answer = client.get("/en/search/suggestions/", {"q": "reg"})
    assert "no-store" in answer["Cache-Control"]


def test_a_suggestion_costs_a_constant_number_of_queries(
    client, library, django_assert_max_num_queries
):
    for number in range(10, 30):
        library.put(number, f"Registry {number}", "Text.", facets={"country": ("CHL",)})
    client.get("/en/search/suggestions/", {"q": "reg"})
    with django_assert_max_num_queries(8):
        client.get("/en/search/suggestions/", {"q": "reg"})


def test_words_stand_in_order_so_that_beginnings_are_side_by_side():
    prefixes = Prefixes.of([(0, ["beta", "alpha"]), (1, ["alphabet"])])
    place = prefixes.beginning("alph")
    assert prefixes.things[place].tolist() == [0, 1]
    assert prefixes.first[place].tolist() == [False, True]
    assert SHORTEST == 2
