"""The model is missing, damaged or another one (F11, F04), or cannot take a text (F12)."""

import hashlib
import json
import shutil

import numpy as np
import pytest

from search import encoders, engine, health
from search.caches import Caches
from search.models import Clock, Passage
from search.queue import encode_waiting
from search.verification import problems
from search.viewer import ANYONE
from tests.search.crash.models import POISON, UNHEARD
from tests.search.crash.shelf import prose

WORDS_ONLY = "by meaning is not available"
REBUILDING = "only by their words for now"


def ask(processes, to, *questions, **settings):
    """What a process of its own answers under these settings."""
    pid = processes.start("answers", settings=settings, questions=questions, to=str(to))
    assert processes.wait(pid) == 0, processes.told()
    return json.loads(to.read_text())


def flipped(folder):
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)


def only_pickled(folder):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


BROKEN = {
    "folder gone": shutil.rmtree,
    "weights gone": lambda folder: (folder / "model.safetensors").unlink(),
    "weights cut": lambda folder: (folder / "model.safetensors").write_bytes(b"cut"),
    "one bit flipped": flipped,
    "weights that could run code": only_pickled,
    "no description": lambda folder: (folder / "modules.json").unlink(),
    "description cut": lambda folder: (folder / "modules.json").write_text("[{"),
}


@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN)
def test_with_a_broken_model_words_answer_and_say_so(
    any_database, shelf, processes, models, tmp_path, damage
):
    shelf.fill(5)
    folder = tmp_path / "model"
    shutil.copytree(models / "one", folder)
    weights = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    pinned = {"SEARCH_ENCODER": str(folder), "SEARCH_ENCODER_SHA256": weights}
    well = ask(processes, tmp_path / "well.json", "Book 3", **pinned)
    assert well["encoder"][0]
    assert WORDS_ONLY not in well["notices"][0]
    damage(folder)
    told = ask(processes, tmp_path / "told.json", "Book 3", **pinned)
    assert told["titles"][0][0] == "Book 3"
    assert WORDS_ONLY in told["notices"][0]
    assert not told["encoder"][0]
    assert told["reached"] == []


def test_a_model_that_is_not_on_this_machine_is_never_fetched(
    any_database, shelf, processes, tmp_path
):
    shelf.fill(5)
    told = ask(processes, tmp_path / "told.json", "Book 3", SEARCH_ENCODER="some-body/some-model")
    assert told["titles"][0][0] == "Book 3"
    assert WORDS_ONLY in told["notices"][0]
    assert told["reached"] == []


def test_code_that_comes_with_a_model_is_never_run(
    any_database, shelf, processes, models, tmp_path
):
    shelf.fill(2)
    folder, trace = tmp_path / "model", tmp_path / "it-ran"
    shutil.copytree(models / "one", folder)
    (folder / "evil.py").write_text(
        f"open({str(trace)!r}, 'w')\n"
        "from sentence_transformers.sentence_transformer.modules import Transformer\n"
        "class Evil(Transformer): pass\n"
    )
    config = json.loads((folder / "config.json").read_text())
    config["auto_map"] = {"AutoModel": "evil.Evil", "AutoConfig": "evil.Evil"}
    (folder / "config.json").write_text(json.dumps(config))
    modules = json.loads((folder / "modules.json").read_text())
    modules[0]["type"] = "evil.Evil"
    (folder / "modules.json").write_text(json.dumps(modules))
    told = ask(processes, tmp_path / "told.json", "Book 1", SEARCH_ENCODER=str(folder))
    assert told["titles"][0][0] == "Book 1"
    assert not trace.exists()
    assert told["reached"] == []


@pytest.mark.parametrize("model", ["two", "wide"], ids=["of the same size", "of another size"])
def test_another_model_rebuilds_and_is_never_mixed_with_the_old(
    shelf, processes, settings, models, model
):
    shelf.fill(300)
    processes.run("worker")
    old = encoders.current().fingerprint
    settings.SEARCH_ENCODER = str(models / model)
    new = encoders.current().fingerprint
    assert new != old
    results = engine.find("Book 3", ANYONE)
    assert results.hits[0].card.title == "Book 3"
    assert REBUILDING in results.notice
    assert not Caches().view().vectors
    assert not health.queue()[0]  # no task waits: whoever changed the model has to start a worker
    worker = processes.start("worker")
    sizes = set()
    while Passage.objects.exclude(fingerprint=new).exists():
        view = Caches().view()
        ids = view.catalogue.passages_of(view.catalogue.alive)
        with_vector = ids[
            ~np.isnan(view.vectors.scores(np.ones((1, view.vectors.dimensions)), ids)[0])
        ]
        marks = Passage.objects.filter(pk__in=with_vector.tolist())
        assert set(marks.values_list("fingerprint", flat=True)) <= {new}
        sizes.add(len(view.vectors))
    assert processes.wait(worker) == 0
    assert len(Caches().view().vectors) == 300
    assert list(problems()) == []
    assert REBUILDING not in engine.find("Book 4", ANYONE).notice


def test_a_text_that_gives_no_number_is_found_by_words_and_stops_nobody(shelf, processes):
    shelf.put(1, "Poisoned", f"The {POISON} of the registry.")
    shelf.put(2, "Endless", "x" * 5_000_000)
    shelf.put(3, "Empty", "")
    shelf.put(4, "Blank", " \n\t ")
    shelf.fill(1)
    processes.run("worker")
    assert "no usable vector" in processes.told()
    assert list(problems()) == []
    without = Passage.objects.filter(vector=None)
    assert [passage.document.title for passage in without] == ["Poisoned"]
    for title in ("Poisoned", "Empty", "Blank", "Endless", "Book 0"):
        assert engine.find(title, ANYONE).hits[0].card.title == title
    assert engine.find(f"the {POISON} registry", ANYONE).hits[0].card.title == "Poisoned"
    assert len(Caches().view().vectors) == Passage.objects.count() - 1


def test_a_text_that_the_model_fails_on_stops_no_other(shelf, processes):
    shelf.fill(20)
    shelf.put(50, "Unlucky", f"A text with a word {UNHEARD} of.")
    shelf.put(51, "After it", prose("after"))
    processes.run("worker")
    assert "The encoder fails on a passage" in processes.told()
    without = Passage.objects.filter(vector=None)
    assert {passage.document.title for passage in without} == {"Unlucky"}
    assert list(problems()) == []
    assert engine.find("Unlucky", ANYONE).hits[0].card.title == "Unlucky"


def test_a_damaged_row_costs_its_own_vector_only(shelf):
    shelf.fill(5)
    encode_waiting.call()
    first = Passage.objects.first()
    size = encoders.current().dimensions
    for damage in (np.full(size, np.nan, "<f4").tobytes(), b"short", b""):
        Passage.objects.filter(pk=first.pk).update(vector=damage)
        Clock.restart()
        assert len(Caches().view().vectors) == 4
        assert engine.find("Book 0", ANYONE).hits[0].card.title == "Book 0"
        assert any("damaged" in each for each in problems())
