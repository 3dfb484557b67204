"""What the processes hold follows the rows, whatever happens to files and to each other."""

import json
import logging
import os

import numpy as np
import pytest

from search import snapshots
from search.bridges import names
from search.caches import Caches
from search.filters import Filters
from search.language import stems_in_all
from search.models import Clock, Passage
from search.queue import encode_waiting
from search.stores import Term
from search.suggestions import suggest
from search.viewer import Viewer

# What is kept beyond a transaction can only be seen after it.
pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "The ministries share one registry of children who cross the border."


def keys(caches):
    catalogue = caches.view().catalogue
    return {catalogue.keys[slot] for slot in catalogue.alive.nonzero()[0]}


@pytest.fixture
def index_dir(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return settings.SEARCH_INDEX_DIR


@pytest.fixture
def saved(shelf, index_dir):
    """A snapshot of three documents."""
    for number in range(3):
        shelf.put(number, f"Registry {number}", TEXT)
    encode_waiting.call()
    assert Caches().keep_snapshot(always=True)
    return shelf


def test_two_processes_see_each_others_writes(shelf):
    one, other = Caches(), Caches()
    assert keys(one) == keys(other) == set()
    shelf.put(1, "Registry", TEXT)
    assert keys(one) == keys(other) == {"shelf:1"}
    encode_waiting.call()
    assert len(one.view().vectors) == len(other.view().vectors) == 1
    shelf.take(1)
    assert keys(one) == keys(other) == set()
    assert len(one.view().vectors) == 0


def test_a_snapshot_and_the_rows_after_it_are_the_whole(saved):
    saved.put(3, "Registry 3", TEXT)
    saved.take(0)
    encode_waiting.call()
    fresh = Caches()
    assert keys(fresh) == {"shelf:1", "shelf:2", "shelf:3"}
    view = fresh.view()
    ids = view.catalogue.passages_of(view.catalogue.alive)
    assert not np.isnan(view.vectors.scores(np.ones((1, 384), np.float32), ids)).any()


def damage(kind, directory):
    manifest = json.loads((directory / snapshots.MANIFEST).read_text())
    vectors = directory / manifest["folder"] / "vectors.faiss"
    if kind == "one bit":
        data = bytearray(vectors.read_bytes())
        data[len(data) // 2] ^= 1
        vectors.write_bytes(data)
    elif kind == "truncated":
        os.truncate(vectors, 100)
    elif kind == "empty":
        os.truncate(vectors, 0)
    elif kind == "trailing bytes":
        with vectors.open("ab") as file:
            file.write(b"x")
    elif kind == "file missing":
        vectors.unlink()
    elif kind == "manifest cut":
        os.truncate(directory / snapshots.MANIFEST, 10)
    elif kind == "manifest missing":
        (directory / snapshots.MANIFEST).unlink()
    elif kind == "other encoder":
        manifest["fingerprint"] = "another/384/l2/p1"
        (directory / snapshots.MANIFEST).write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    "kind",
    [
        "one bit",
        "truncated",
        "empty",
        "trailing bytes",
        "file missing",
        "manifest cut",
        "manifest missing",
        "other encoder",
    ],
)
def test_a_damaged_snapshot_costs_a_rebuild_never_an_answer(saved, index_dir, kind, caplog):
    damage(kind, index_dir)
    with caplog.at_level(logging.INFO, logger="search"):
        fresh = Caches()
        assert len(fresh.view().vectors) == 3
    assert "snapshot" in caplog.text
    assert snapshots.check(index_dir).count == 3  # a good one stands there again


def test_an_unwritable_folder_is_told_and_search_goes_on(shelf, settings, tmp_path, caplog):
    (tmp_path / "file").write_text("not a folder")
    settings.SEARCH_INDEX_DIR = tmp_path / "file"
    shelf.put(1, "Registry", TEXT)
    encode_waiting.call()
    assert len(Caches().view().vectors) == 1
    assert "cannot be written" in caplog.text


def test_old_snapshots_and_leftovers_are_removed(saved, index_dir):
    (index_dir / "vectors-1-leftover").mkdir()
    (index_dir / "vectors.json.abc.new").write_text("{}")
    saved.put(9, "More", TEXT)
    encode_waiting.call()
    Caches().keep_snapshot(always=True)
    assert len(list(index_dir.glob("vectors-*"))) == 1
    assert not list(index_dir.glob("*.new"))


def test_vectors_of_another_encoder_are_never_used(saved):
    Passage.objects.update(fingerprint="another")
    Clock.restart()
    assert len(Caches().view().vectors) == 0


def test_damaged_vectors_in_rows_are_left_out(shelf, index_dir):
    shelf.put(1, "Registry", TEXT)
    encode_waiting.call()
    Passage.objects.update(vector=b"short")
    Clock.restart()
    assert len(Caches().view().vectors) == 0


def test_a_text_that_is_closed_steers_no_question_any_more(shelf, monkeypatch):
    everybody = frozenset({"public"})
    shelf.put(1, "Bartholomew", "The smuggler Bartholomew crossed the border at night.")
    shelf.put(2, "Smuggling", "A smuggler was seen. Children crossed the border.")
    for number in range(3, 6):
        shelf.put(number, f"Registry {number}", TEXT)
    warm = Caches()
    slip = Term(stems_in_all("smugler"), word="smugler")
    asked = (Term(stems_in_all("border"), word="border"), slip)
    assert warm.view().words.corrected((slip,), everybody)[0].corrected == "smuggler"
    restricted = shelf.books["1"]
    shelf.put(1, restricted.title, TEXT, audiences=frozenset({"members"}))
    shelf.take(2)

    def answers(caches):
        view = caches.view()
        terms = view.words.corrected(asked, everybody)
        found = view.words.search(terms, everybody, Filters(), 10)
        scores = zip(found.share.tolist(), found.coverage.tolist(), strict=True)
        named = view.words.named(names.skeletons("bartholomew"), everybody)
        monkeypatch.setattr("search.caches._current", caches)
        suggested = suggest("Bartho", Viewer(everybody), "en")
        return terms, named, suggested, dict(zip(found.passages.tolist(), scores, strict=True))

    told = answers(warm)
    assert told == answers(Caches())
    assert told[0] == asked
    assert told[1] == []
    assert len(told[3]) == 3
