"""`manage.py verify_index` finds every way to be out of step, and `--repair` mends it."""

import json
import shutil

import numpy as np
import pytest
from django.core.management import call_command

from search import caches, encoders, snapshots
from search.models import Clock, IndexedDocument, Passage
from search.queue import encode_waiting
from search.stores.faiss_vectors import FaissVectors
from search.verification import problems


@pytest.fixture
def sound(shelf, processes):
    shelf.fill(12)
    processes.run("worker")
    caches.Caches().keep_snapshot(always=True)
    assert list(problems()) == []
    return shelf


def row_lost(shelf):
    IndexedDocument.objects.get(key="shelf:3").delete()


def row_differs(shelf):
    IndexedDocument.objects.filter(key="shelf:3").update(state_hash="other")


def source_changed(shelf):
    shelf.write(3, "Changed", "Nobody told the index.")


def source_gone(shelf):
    shelf.remove(3)


def passage_lost(shelf):
    Passage.objects.filter(document__key="shelf:3").delete()


def passage_of_another_text(shelf):
    Passage.objects.filter(document__key="shelf:3").update(digest="0" * 64)


def passage_too_many(shelf):
    extra = Passage.objects.filter(document__key="shelf:3").get()
    extra.pk, extra.position = None, 1
    extra.save()


def vector_damaged(shelf):
    Passage.objects.filter(document__key="shelf:3").update(vector=b"\0" * 128)


def vector_not_of_unit_length(shelf):
    vector = np.full(32, 0.5, "<f4").tobytes()
    Passage.objects.filter(document__key="shelf:3").update(vector=vector)


def vector_of_another_model(shelf):
    Passage.objects.filter(document__key="shelf:3").update(fingerprint="another")


def snapshot_damaged(shelf):
    from django.conf import settings

    (settings.SEARCH_INDEX_DIR / snapshots.MANIFEST).write_text(json.dumps({"count": 12}))


def snapshot_out_of_step(shelf):
    """Whole and sealed, but its vectors belong to other passages."""
    from django.conf import settings

    epoch, number = Clock.now()
    rows = Passage.objects.order_by("pk").values_list("pk", "vector")
    ids = np.array([pk for pk, _vector in rows])
    vectors = np.stack([np.frombuffer(bytes(vector), "<f4") for _pk, vector in rows])
    store = FaissVectors(32)
    store.put(ids, np.roll(vectors, 1, axis=0).astype(np.float32))
    fingerprint = encoders.current().fingerprint
    assert snapshots.save(settings.SEARCH_INDEX_DIR, store, fingerprint, epoch, number)


HARMS = [
    row_lost,
    row_differs,
    source_changed,
    source_gone,
    passage_lost,
    passage_of_another_text,
    passage_too_many,
    vector_damaged,
    vector_not_of_unit_length,
    vector_of_another_model,
    snapshot_damaged,
    snapshot_out_of_step,
]


@pytest.mark.parametrize("harm", HARMS)
def test_every_harm_is_told_and_repaired(sound, processes, settings, harm, capsys):
    harm(sound)
    Clock.objects.update(value=Clock.now()[1] + 1)
    told = list(problems())
    assert told
    assert all("manage.py" in each or "Delete" in each for each in told)
    if harm is snapshot_out_of_step:
        shutil.rmtree(settings.SEARCH_INDEX_DIR)  # as it says
    with pytest.raises(SystemExit) if told_later(harm) else nothing():
        call_command("verify_index", "--repair")
    processes.run("worker")
    assert list(problems()) == []


def told_later(harm):
    """Whether the worker has still to encode something after the repair."""
    return harm in {
        row_lost,
        source_changed,
        passage_lost,
        passage_of_another_text,
        vector_damaged,
        vector_not_of_unit_length,
        vector_of_another_model,
    }


def nothing():
    from contextlib import nullcontext

    return nullcontext()


def test_a_sound_index_is_left_alone(sound):
    before = Clock.now(), list(Passage.objects.values_list("pk", "seq"))
    call_command("verify_index")
    encode_waiting.call()
    assert (Clock.now(), list(Passage.objects.values_list("pk", "seq"))) == before
