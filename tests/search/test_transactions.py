"""What is rolled back was never there: not for this process, not for the next change."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from search.caches import Caches
from search.models import Clock
from search.queue import encode_waiting

pytestmark = pytest.mark.django_db(transaction=True)


def titles(caches):
    """What the catalogue, the words and the vectors know, which must be the same."""
    with caches.reading() as view:
        catalogue = view.catalogue
        slots = catalogue.alive.nonzero()[0]
        return {catalogue.keys[slot] for slot in slots}


@contextmanager
def taken_back():
    """A transaction, or a savepoint within one, that ends in a rollback."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_transaction_sees_its_own_changes_and_nobody_those_that_it_takes_back(shelf):
    caches = Caches()
    shelf.put(1, "Registry", "A registry of children.")
    with taken_back():
        shelf.put(2, "Census", "A census of children.")
        assert titles(caches) == {"shelf:1", "shelf:2"}
    assert titles(caches) == {"shelf:1"}


def test_a_change_with_the_number_of_one_that_was_taken_back_is_seen(shelf):
    caches = Caches()
    shelf.put(1, "Registry", "A registry of children.")
    titles(caches)
    with taken_back():
        shelf.put(2, "Census", "A census of children.")
        titles(caches)
        number = Clock.now()
    shelf.put(3, "Survey", "A survey of children.")
    assert Clock.now() == number
    assert titles(caches) == {"shelf:1", "shelf:3"}


def test_a_savepoint_that_is_taken_back_is_forgotten_within_the_transaction(shelf):
    caches = Caches()
    with transaction.atomic():
        shelf.put(1, "Registry", "A registry of children.")
        with taken_back():
            shelf.put(2, "Census", "A census of children.")
            assert titles(caches) == {"shelf:1", "shelf:2"}
        shelf.put(3, "Survey", "A survey of children.")
        assert titles(caches) == {"shelf:1", "shelf:3"}
    assert titles(caches) == {"shelf:1", "shelf:3"}


def test_other_threads_see_a_transaction_only_when_it_is_through(shelf):
    caches = Caches()
    shelf.put(1, "Registry", "A registry of children.")
    seen = []

    def look():
        seen.append(titles(caches))
        connection.close()

    def look_in_a_thread():
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    with transaction.atomic():
        shelf.put(2, "Census", "A census of children.")
        assert titles(caches) == {"shelf:1", "shelf:2"}
        look_in_a_thread()
    look_in_a_thread()
    assert seen == [{"shelf:1"}, {"shelf:1", "shelf:2"}]


def test_nothing_uncommitted_reaches_the_snapshot(shelf, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    caches = Caches()
    with transaction.atomic():
        shelf.put(1, "Registry", "A registry of children.")
        encode_waiting.call()
        assert titles(caches) == {"shelf:1"}
        assert not caches.keep_snapshot(always=True)
        assert not list(tmp_path.rglob("*.faiss"))
    assert caches.keep_snapshot(always=True)
    assert list(tmp_path.rglob("*.faiss"))


def test_with_repeatable_reads_a_transaction_keeps_the_state_that_it_began_with(shelf):
    if connection.vendor != "postgresql":
        pytest.skip("a matter of PostgreSQL")
    caches = Caches()
    shelf.put(1, "Registry", "A registry of children.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert titles(caches) == {"shelf:1"}

        def write():
            shelf.put(2, "Census", "A census of children.")
            titles(caches)
            connection.close()

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        assert titles(caches) == {"shelf:1"}
    assert titles(caches) == {"shelf:1", "shelf:2"}


def test_the_clock_ticks_only_in_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        Clock.tick()
