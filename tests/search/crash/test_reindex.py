"""`manage.py reindex` is killed (F01), or not alone at its work (F07)."""

from itertools import count

import pytest

from search.caches import Caches
from search.engine import find
from search.models import IndexedDocument, Passage
from search.verification import problems
from search.viewer import ANYONE
from tests.search.crash.conftest import until
from tests.search.crash.shelf import prose

BOOKS = 120


def found():
    """How many books a process that starts now finds."""
    view = Caches().view()
    return int(view.catalogue.alive.sum())


def test_a_reindex_killed_at_any_time_harms_nobody(shelf, processes, settings, caplog):
    shelf.fill(BOOKS)
    turns = count()

    def change_a_third():
        """So that there is something to read, to encode and to write."""
        turn = next(turns)
        for number in range(0, BOOKS, 3):
            shelf.write(number, f"Book {number}", prose(f"{turn} {number}"))

    for _killed in processes.killed_at_random(4, "reindex", change_a_third):
        assert found() == BOOKS
        assert find("Book 7", ANYONE).hits[0].card.title == "Book 7"
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    processes.run("reindex")
    assert list(problems()) == []
    index = settings.SEARCH_INDEX_DIR
    assert len(list(index.glob("vectors-*"))) == 1
    assert not list(index.glob("*.new"))


def test_builders_and_editors_at_once_lose_no_update(shelf, processes):
    shelf.fill(30)
    busy = [
        processes.start("reindex"),
        processes.start("worker"),
        processes.start("edits", numbers=list(range(30)), rounds=3, name="Ada"),
        processes.start("edits", numbers=list(range(10, 40)), rounds=3, name="Ben"),
        processes.start("worker"),
        processes.start("reindex"),
    ]
    assert [processes.wait(each) for each in busy] == [0] * len(busy), processes.told()
    processes.run("worker")
    assert list(problems()) == []
    rows = IndexedDocument.objects.filter(withdrawn=False)
    assert dict(rows.values_list("key", "title")) == {
        f"shelf:{number}": book[0] for number, book in shelf.books().items()
    }
    texts = " ".join(Passage.objects.values_list("text", flat=True))
    assert all(book[1] in texts for book in shelf.books().values())
    assert found() == 40


def test_a_withdrawn_book_never_comes_back(shelf, processes):
    """A slow builder must not write what it read before somebody took the book away."""
    shelf.fill(20)
    builders = [processes.start("reindex"), processes.start("reindex")]
    for number in range(10):
        shelf.take(number)
    for builder in builders:
        assert processes.wait(builder) == 0
    rows = IndexedDocument.objects.filter(withdrawn=False)
    assert sorted(rows.values_list("key", flat=True)) == sorted(
        f"shelf:{number}" for number in range(10, 20)
    )


@pytest.mark.parametrize("work", ["reindex", "worker"])
def test_readers_are_served_while_a_builder_works(shelf, processes, work):
    shelf.fill(60)
    busy = processes.start(work)
    answers = 0

    def ended():
        nonlocal answers
        results = find("Book 3", ANYONE)
        assert results.hits[0].card.title == "Book 3"
        answers += 1
        return not Passage.objects.filter(vector=None).exists()

    until(ended)
    assert answers
    assert processes.wait(busy) == 0
