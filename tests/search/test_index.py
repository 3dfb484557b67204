import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageViewRestriction

from search import index, sources
from search.models import Clock, IndexedDocument, Passage
from tests import factories

LONG = " ".join(f"Sentence {n} tells what was done in the country." for n in range(60))


def test_a_refresh_writes_document_and_passages_with_one_number(shelf):
    shelf.put(1, "Registry", LONG)
    document = IndexedDocument.objects.get(key="shelf:1")
    assert document.audiences == ["public"]
    assert {p.seq for p in Passage.objects.all()} == {document.seq} == {Clock.now()[1]}


def test_an_unchanged_document_is_left_alone(shelf):
    shelf.put(1, "Registry", LONG)
    before = IndexedDocument.objects.get().seq
    index.refresh("shelf", [1])
    assert IndexedDocument.objects.get().seq == before


def test_unchanged_passages_keep_their_vectors(shelf):
    shelf.put(1, "Registry", LONG, "A short ending.")
    Passage.objects.update(vector=np.ones(4, "<f4").tobytes(), fingerprint="f")
    shelf.put(1, "Registry", LONG + " And another sentence at the very end of it all.")
    assert Passage.objects.filter(vector__isnull=False).exists()
    assert Passage.objects.filter(vector__isnull=True).exists()


def test_new_state_keeps_every_passage(shelf):
    shelf.put(1, "Registry", LONG)
    before = list(Passage.objects.values_list("pk", "seq"))
    shelf.put(1, "Registry", LONG, facets={"country": ("MAR",)})
    assert list(Passage.objects.values_list("pk", "seq")) == before
    assert IndexedDocument.objects.get().facets == {"country": ["MAR"]}


def test_withdrawing_leaves_only_key_and_number(shelf):
    shelf.put(1, "Registry", LONG)
    shelf.take(1)
    document = IndexedDocument.objects.get()
    assert (document.withdrawn, document.title, document.audiences) == (True, "", [])
    assert not Passage.objects.exists()
    shelf.put(1, "Registry", LONG)
    assert not IndexedDocument.objects.get().withdrawn
    assert Passage.objects.exists()


def test_control_characters_never_reach_the_database(shelf):
    shelf.put(1, "Regi\x00stry", "Bo\x00dy\u200b text.")
    assert IndexedDocument.objects.get().title == "Registry"
    assert Passage.objects.get().text == "Body text."


def test_an_unknown_source_says_which_there_are(shelf):
    with pytest.raises(sources.UnknownSourceError, match="shelf"):
        index.refresh("nonsense", [1])


def test_one_encoding_is_queued_however_much_changes(shelf):
    shelf.put(1, "Registry", LONG)
    shelf.put(2, "Census", LONG)
    assert DBTaskResult.objects.count() == 1


def test_the_clock_refuses_to_tick_outside_a_transaction(transactional_db):
    with pytest.raises(RuntimeError):
        Clock.tick()


def queries_of_restricting(section):
    with CaptureQueriesContext(connection) as queries:
        PageViewRestriction.objects.create(page=section, restriction_type="login")
    return len(queries)


def test_restricting_a_section_is_one_step_however_many_pages_it_has(db):
    small, large = (factories.plain_page(f"Section {number}") for number in (1, 2))
    for number in range(10):
        factories.plain_page(f"Page {number}", parent=large)
    few, many = queries_of_restricting(small), queries_of_restricting(large)
    rows = IndexedDocument.objects.filter(key__startswith="page:")
    closed = [row for row in rows if "public" not in row.audiences]
    assert len(closed) == 12
    assert len({row.seq for row in closed}) == 2
    assert many - few <= 3 * 10
