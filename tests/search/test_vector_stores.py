"""Each vector store keeps the contract; where one holds more than the others, that as well."""

import os

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction

from search import engine, health, snapshots
from search.caches import Caches
from search.models import IndexedDocument, Passage
from search.queue import encode_waiting
from search.stores import faiss_vectors, pgvector_table, pgvector_vectors
from search.stores.faiss_vectors import FaissVectors
from search.stores.pgvector_vectors import PgVectors
from search.viewer import ANYONE
from tests.search.vector_store_contract import (
    SIZE,
    VectorStoreContract,
    allowing,
    ids,
    numbered,
    unit,
)


class TestFaiss(VectorStoreContract):
    @pytest.fixture
    def store(self):
        return FaissVectors(SIZE)

    @pytest.fixture
    def at_rest(self):
        return lambda: None

    @pytest.fixture
    def reopened(self, tmp_path):
        def reopened(store):
            assert snapshots.save(tmp_path, store, "model", "epoch", 1)
            return snapshots.load(tmp_path, "model", "epoch", 1)[0]

        return reopened

    def test_nothing_of_a_removed_vector_stays(self, store):
        vectors = unit(30, 8)
        store.put(numbered(8), vectors)
        store.remove(ids(3))
        with store.still() as (index, passages):
            rows = index.reconstruct_n(0, index.ntotal)
        assert not rows[passages == -1].any()
        assert (rows @ vectors[2] < 0.99).all()


class TestLargeFaiss(TestFaiss):
    """A large index is searched in halves; the contract is the same."""

    @pytest.fixture(autouse=True)
    def small_halves(self, monkeypatch):
        monkeypatch.setattr(faiss_vectors, "TOGETHER_FROM", 1)
        monkeypatch.setattr("os.cpu_count", lambda: 2)


needs_postgresql = pytest.mark.skipif(
    not os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="needs PostgreSQL: python tests/postgresql.py python -m pytest ...",
)


@pytest.fixture
def in_postgresql(db, settings):
    """Vectors live in PostgreSQL."""
    settings.SEARCH_VECTORS = "pgvector"
    pgvector_table.make()
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_passagevector")


@needs_postgresql
@pytest.mark.django_db(transaction=True)
class TestPgvector(VectorStoreContract):
    @pytest.fixture
    def store(self, in_postgresql):
        return PgVectors(SIZE, "model")

    @pytest.fixture
    def rows(self, in_postgresql):
        def rows(numbers):
            there = set(Passage.objects.values_list("pk", flat=True))
            new = [int(number) for number in numbers if int(number) not in there]
            IndexedDocument.objects.bulk_create(
                IndexedDocument(pk=number, key=f"test:{number}", seq=1) for number in new
            )
            Passage.objects.bulk_create(
                Passage(pk=number, document_id=number, position=0, seq=1) for number in new
            )

        return rows

    @pytest.fixture
    def at_rest(self):
        return lambda: connection.close()

    @pytest.fixture
    def reopened(self):
        return lambda store: PgVectors(SIZE, "model")

    def test_vectors_of_another_encoder_are_never_mixed_in(self, store, put):
        put(ids(1, 2), unit(31, 2))
        other = PgVectors(SIZE, "another model")
        other.put(ids(2), unit(32))
        assert (len(store), len(other)) == (1, 1)
        everything = allowing(ids(1, 2), ())
        assert list(store.search(unit(33), everything, 10, -1.0)[0][0]) == [1]
        assert list(other.search(unit(33), everything, 10, -1.0)[0][0]) == [2]

    def test_what_leaves_the_passages_leaves_the_vectors_with_them(self, store, put):
        put(numbered(5), unit(34, 5))
        with transaction.atomic():
            Passage.objects.filter(pk__in=[1, 2]).delete()
            assert len(store) == 3
            transaction.set_rollback(True)
        assert len(store) == 5
        IndexedDocument.objects.filter(pk=3).delete()
        assert len(store) == 4


class TestLargePgvector(TestPgvector):
    """With many passages the index answers where much is allowed; the contract is the same."""

    @pytest.fixture
    def store(self, in_postgresql, monkeypatch):
        monkeypatch.setattr(pgvector_vectors, "EXACT_UP_TO", 10)
        monkeypatch.setattr(pgvector_table, "EXACT_UP_TO", -1)
        store = PgVectors(SIZE, "model")
        assert pgvector_table.index("model", SIZE)
        yield store
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {pgvector_table.index_name('model')}")

    def test_the_index_answers_only_where_much_is_allowed(self, store, put):
        put(numbered(1000), unit(35, 1000))
        assert self.uses_index(store, numbered(1000))
        assert not self.uses_index(store, numbered(200))
        assert not self.uses_index(store, numbered(5))

    def uses_index(self, store, allowed):
        asked = []

        def listen(execute, sql, values, many, context):
            asked.append((sql, values))
            return execute(sql, values, many, context)

        with connection.execute_wrapper(listen):
            store.search(unit(36), allowing(allowed, numbered(1000)), 5, -1.0)
        with transaction.atomic(), connection.cursor() as cursor:
            # So few rows are scanned in any case; what may use the index now does.
            cursor.execute("SET LOCAL enable_seqscan = off")
            plans = []
            for sql, values in asked:
                if "ORDER BY" in sql:
                    cursor.execute(f"EXPLAIN {sql}", values)
                    plans += [row[0] for row in cursor.fetchall()]
        assert plans
        return pgvector_table.index_name("model") in "\n".join(plans)


TEXTS = {
    "Registry of unaccompanied children": "Ministries share one registry of children on the move.",
    "Counting at the border": "The border police and the statistics office count together.",
    "School records": "Enrolment of refugee children is read from the records of schools.",
    "Privacy in interviews": "Children are asked for consent before any interview begins.",
    "Health data": "Vaccination records follow children when families move.",
}
QUESTIONS = ("how are children registered", "school", "consent of children", "counting migrants")


def ranking():
    return {
        question: [(hit.key, round(hit.score, 3)) for hit in engine.find(question, ANYONE).hits]
        for question in QUESTIONS
    }


@pytest.fixture
def shelved(shelf, settings, tmp_path, monkeypatch):
    """Some documents that are encoded, with caches of this test's own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr("search.caches._current", Caches())
    for number, (title, text) in enumerate(TEXTS.items()):
        shelf.put(number, title, text)
    shelf.put(90, "For members", "A registry of children for members.", audiences={"members"})
    encode_waiting.call()
    return shelf


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_both_stores_rank_alike(shelved, request, monkeypatch):
    by_memory = ranking()
    assert all(by_memory.values())
    request.getfixturevalue("in_postgresql")
    monkeypatch.setattr("search.caches._current", caches := Caches())
    assert caches.keep_snapshot(always=True)
    assert isinstance(caches.view().vectors, PgVectors)
    assert ranking() == by_memory


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_the_worker_encodes_is_in_postgresql_with_it(in_postgresql, shelved):
    view = Caches().view()
    assert len(view.vectors) == Passage.objects.count() == len(TEXTS) + 1
    fingerprint = Passage.objects.first().fingerprint
    assert not pgvector_table.incomplete(fingerprint)
    shelved.take(0)
    assert len(view.vectors) == len(TEXTS)


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_switch_to_postgresql_says_what_is_missing_and_reindex_brings_it(
    shelved, request, monkeypatch
):
    request.getfixturevalue("in_postgresql")
    monkeypatch.setattr("search.caches._current", Caches())
    well, told = health.snapshot()
    assert not well
    assert "reindex" in told
    call_command("reindex", verbosity=0)
    assert health.snapshot()[0]
    assert engine.find("registry of children", ANYONE).hits[0].key == "shelf:0"


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_without_its_table_search_answers_by_words_and_health_says_what_to_do(
    in_postgresql, shelved, monkeypatch, caplog
):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE search_passagevector CASCADE")
    monkeypatch.setattr("search.caches._current", Caches())
    try:
        assert engine.find("registry", ANYONE).hits
        assert "manage.py migrate" in caplog.text
        assert "manage.py migrate" in health.snapshot()[1]
    finally:
        call_command("migrate", verbosity=0)
    assert pgvector_table.problem() == ""


@pytest.mark.parametrize("value", ["pgvector", "elsewhere"])
def test_settings_that_cannot_work_are_refused_at_the_start(settings, monkeypatch, value):
    settings.SEARCH_VECTORS = value
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    with pytest.raises(ImproperlyConfigured, match="SEARCH_VECTORS"):
        pgvector_table.refuse_impossible_settings()


@pytest.mark.parametrize("value", ["memory", "pgvector"])
def test_settings_that_can_work_are_not(settings, monkeypatch, value):
    settings.SEARCH_VECTORS = value
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    pgvector_table.refuse_impossible_settings()
