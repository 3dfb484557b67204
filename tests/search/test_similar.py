"""Works like one work: near in meaning, open to the reader, never the work itself."""

import pytest
from django.urls import reverse

from practices.models import PracticePage
from search.models import Passage
from search.queue import encode_waiting
from search.similar import similar
from search.viewer import ANYONE, Viewer
from tests import factories

REGISTRY = "The ministries share one registry of refugee children who cross the border alone."
CENSUS = "Every ten years all inhabitants are counted, with their country of birth."
MEMBER = Viewer(frozenset({"public", "members"}))


@pytest.fixture
def library(vocabulary, shelf):
    tags = {"theme": ("data-integration",), "population": ("refugee-children",)}
    shelf.put(1, "One registry for refugee children", REGISTRY, facets=tags)
    shelf.put(2, "A registry of children at the border", f"{REGISTRY} It is new.", facets=tags)
    shelf.put(3, "Pizza", "Let the dough rise for an hour, then add tomatoes and cheese.")
    return shelf


def titles(key="shelf:1", viewer=ANYONE, language="en"):
    encode_waiting.call()
    return [hit.card.title for hit in similar(key, viewer, language=language)]


def test_what_is_near_is_shown_and_what_is_not_is_not(library):
    assert titles() == ["A registry of children at the border"]
    assert titles("shelf:3") == []


def test_what_both_have_in_common_is_said_in_the_readers_language(library):
    encode_waiting.call()
    [hit] = similar("shelf:1", ANYONE)
    assert hit.reasons == ("Data integration", "Refugee children")
    [hit] = similar("shelf:1", ANYONE, language="fr")
    assert "Enfants réfugiés" in hit.reasons


def test_neither_translations_nor_parts_of_a_work_are_like_it(library):
    library.put(1, "One registry for refugee children", REGISTRY, work="w")
    library.put(4, "Un registro para niños refugiados", REGISTRY, work="w", language="es")
    library.put(5, "Registry block", REGISTRY, part_of="w")
    assert titles() == ["A registry of children at the border"]
    assert "One registry for refugee children" not in titles("shelf:5")


def test_a_work_is_shown_once_in_the_readers_language(library):
    library.put(2, "A registry of children at the border", f"{REGISTRY} It is new.", work="b")
    library.put(6, "Un registro en la frontera", f"{REGISTRY} Es nuevo.", work="b", language="es")
    assert titles() == ["A registry of children at the border"]
    assert titles(language="es") == ["Un registro en la frontera"]


def test_only_works_of_the_same_kind_are_compared(library):
    library.put(7, "Guidance on registries", REGISTRY, kind="guidance")
    assert titles() == ["A registry of children at the border"]


def test_at_most_as_many_as_asked_for(library):
    for number in range(10, 18):
        library.put(number, f"Registry {number}", f"{REGISTRY} Number {number}.")
    encode_waiting.call()
    assert len(similar("shelf:1", ANYONE)) == 4
    assert len(similar("shelf:1", ANYONE, limit=2)) == 2


def test_only_who_may_open_a_work_is_shown_it(library):
    library.put(8, "Hidden registry", REGISTRY, audiences=frozenset({"members"}))
    assert "Hidden registry" in titles(viewer=MEMBER)
    assert "Hidden registry" not in titles()


def test_who_may_not_find_a_work_is_told_nothing_like_it(library):
    library.put(8, "Hidden registry", REGISTRY, audiences=frozenset({"members"}))
    assert titles("shelf:8", MEMBER)
    assert titles("shelf:8") == []


def test_the_database_has_the_last_word(library):
    assert titles()
    library.closed.add("2")
    assert titles() == []


def test_what_is_private_changes_nothing_for_others(library):
    encode_waiting.call()
    before = similar("shelf:1", ANYONE)
    library.put(8, "Hidden registry", REGISTRY, audiences=frozenset({"members"}))
    encode_waiting.call()
    assert similar("shelf:1", ANYONE) == before


@pytest.mark.parametrize("damaged", [b"", b"abc", b"\xff" * 4])
def test_a_damaged_vector_costs_only_itself(library, damaged):
    long = f"{REGISTRY} " * 30
    library.put(1, "One registry for refugee children", long, CENSUS)
    assert "A registry of children at the border" in titles()
    passages = Passage.objects.filter(document__key="shelf:1").order_by("position")
    assert len(passages) > 1
    last = passages[len(passages) - 1]
    repeated = damaged if len(damaged) != 4 else damaged * (len(last.vector) // 4)
    Passage.objects.filter(pk=last.pk).update(vector=repeated)
    library.put(99, "Another", "Something else altogether.")
    assert "A registry of children at the border" in titles()


def test_without_an_encoder_words_tell(library, settings):
    settings.SEARCH_LAYERS = [name for name in settings.SEARCH_LAYERS if name != "meaning"]
    library.put(9, "One registry for refugee children of the north", REGISTRY)
    assert "One registry for refugee children of the north" in titles()
    assert "Pizza" not in titles()


@pytest.mark.parametrize("key", ["shelf:99", "nothing:1", "", "shelf:", ":"])
def test_an_unknown_work_is_like_nothing(library, key):
    assert titles(key) == []


def test_a_practice_page_leads_to_similar_ones(db, client):
    text = {"problem": f"<p>{REGISTRY}</p>", "summary": REGISTRY}
    one = factories.practice("An invented registry", **text)
    factories.practice("Another invented registry", **text)
    encode_waiting.call()
    page = client.get(one.url).content.decode()
    assert "Similar practices" in page
    assert "Another invented registry" in page


def test_a_practice_like_no_other_says_nothing_of_it(db, client):
    page = factories.practice("An invented registry", problem=f"<p>{REGISTRY}</p>")
    encode_waiting.call()
    assert "Similar practices" not in client.get(page.url).content.decode()


def test_a_preview_has_none(db, admin_client):
    draft = factories.practice("An invented draft", summary=REGISTRY, draft=True)
    answer = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk]))
    assert answer.status_code == 200


def test_a_practice_page_stays_within_its_queries(seeded, client, django_assert_max_num_queries):
    page = PracticePage.objects.live().filter(slug="georgia-unified-migration-data").get()
    assert "Similar practices" in client.get(page.url).content.decode()
    with django_assert_max_num_queries(25):
        client.get(page.url)
