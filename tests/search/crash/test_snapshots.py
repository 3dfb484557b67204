"""Snapshots: a writer killed, files damaged or exchanged, a full disk (rows F01 to F04, F06)."""

import json
import logging
import os
import random
import shutil
import subprocess

import numpy as np
import pytest

from search import caches, encoders, engine, snapshots
from search.caches import Caches
from search.models import Clock, Passage
from search.queue import encode_waiting
from search.verification import problems
from search.viewer import ANYONE

BOOKS = 40


@pytest.fixture
def saved(shelf, settings):
    """A folder with a good snapshot of some books."""
    shelf.fill(BOOKS)
    encode_waiting.call()
    assert Caches().keep_snapshot(always=True)
    return settings.SEARCH_INDEX_DIR


def answers_right():
    """A process that starts now has every book, each with the vector of its own row."""
    view = Caches().view()
    ids = view.catalogue.passages_of(view.catalogue.alive)
    rows = dict(Passage.objects.values_list("pk", "vector"))
    assert set(rows) == set(ids.tolist())
    own = np.stack([np.frombuffer(bytes(rows[each]), "<f4") for each in ids.tolist()])
    cosines = np.diagonal(view.vectors.scores(own, ids))
    return bool(np.all(cosines > 0.999))


def files_of(directory):
    manifest = directory / snapshots.MANIFEST
    folder = directory / json.loads(manifest.read_text())["folder"]
    return [manifest, *(folder / name for name in snapshots.FILES)]


def test_a_writer_killed_at_any_time_leaves_a_good_snapshot(saved, shelf, processes, caplog):
    for _killed in processes.killed_at_random(2, "snapshots", lambda: None):
        assert snapshots.check(saved).count == BOOKS
        assert answers_right()
    assert not caplog.records
    processes.run("snapshots", times=1)
    left = sorted(path.name for path in saved.iterdir())
    assert left == sorted([".lock", snapshots.MANIFEST, snapshots.check(saved).folder])
    assert list(problems()) == []


def test_one_flipped_bit_anywhere_is_found(any_database, saved, tmp_path):
    latest = Clock.now()[1]
    fingerprint, epoch = encoders.current().fingerprint, Clock.now()[0]
    good = {path: path.read_bytes() for path in files_of(saved)}
    dice = random.Random(3)
    for turn in range(100):
        path = list(good)[turn % len(good)]
        data = bytearray(good[path])
        place = dice.randrange(len(data) * 8)
        data[place // 8] ^= 1 << place % 8
        path.write_bytes(data)
        with pytest.raises(snapshots.SnapshotError):
            snapshots.load(saved, fingerprint, epoch, latest)
        path.write_bytes(good[path])
        assert len(snapshots.load(saved, fingerprint, epoch, latest)[0]) == BOOKS


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def append(path):
    with path.open("ab") as file:
        file.write(b"}")


DAMAGES = {
    "one bit flipped": flip,
    "cut in half": lambda path: os.truncate(path, path.stat().st_size // 2),
    "nothing in it": lambda path: os.truncate(path, 0),
    "more at its end": append,
}


@pytest.mark.parametrize("place", [0, 1, 2], ids=["manifest", *snapshots.FILES])
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_kept_apart_told_and_replaced(any_database, saved, damage, place, caplog):
    damage(files_of(saved)[place])
    told = list(problems())
    assert any("snapshot" in each for each in told)
    assert answers_right()
    assert "is not used" in caplog.text
    assert (saved / snapshots.DAMAGED / snapshots.MANIFEST).exists()
    assert snapshots.check(saved).count == BOOKS
    assert list(problems()) == []


def test_ids_of_another_snapshot_are_never_taken(any_database, saved, shelf, tmp_path):
    """Both files are whole, but they do not belong together."""
    before = tmp_path / "before"
    shutil.copytree(saved, before)
    shelf.take(0)
    shelf.put(BOOKS, "One more", "Another text of the same length.")
    encode_waiting.call()
    caches.current().keep_snapshot(always=True)
    shutil.copy(files_of(before)[2], files_of(saved)[2])
    assert any("snapshot" in each for each in problems())
    assert answers_right()


def test_a_manifest_that_lies_about_its_files_is_not_believed(any_database, saved):
    manifest = json.loads((saved / snapshots.MANIFEST).read_text())
    wrong = snapshots.Manifest(**manifest | {"count": BOOKS - 1}).sealed()
    (saved / snapshots.MANIFEST).write_text(json.dumps(wrong.__dict__))
    with pytest.raises(snapshots.SnapshotError, match="belong together"):
        snapshots.load(saved, wrong.fingerprint, wrong.epoch, wrong.sequence)
    assert answers_right()


@pytest.mark.parametrize("model", ["two", "wide"], ids=["of the same size", "of another size"])
def test_a_snapshot_of_another_model_is_refused(saved, settings, models, model):
    shutil.copytree(saved, settings.DATA_DIR / "first")
    settings.SEARCH_ENCODER = str(models / model)
    encode_waiting.call()
    caches.current().keep_snapshot(always=True)
    assert answers_right()
    shutil.rmtree(saved)
    shutil.copytree(settings.DATA_DIR / "first", saved)
    assert answers_right()
    assert snapshots.check(saved).fingerprint == encoders.current().fingerprint


def test_a_snapshot_from_before_a_backup_was_put_back_is_refused(saved, shelf, settings):
    """After a restore the same numbers are given to other texts."""
    epoch, then = Clock.now()
    shelf.put(BOOKS, "Written and then undone", "This text is in no backup.")
    encode_waiting.call()
    caches.current().keep_snapshot(always=True)
    shelf.take(BOOKS)
    Passage.objects.filter(document__key=f"shelf:{BOOKS}").delete()
    Clock.objects.update(value=then)
    assert Clock.now()[0] == epoch
    assert Caches().view().vectors.known().max() <= Passage.objects.order_by("-pk").first().pk
    assert answers_right()
    assert snapshots.check(saved).sequence == then


@pytest.fixture
def full_disk(saved, tmp_path, settings):
    """A file system with hardly any room for the index; yields what frees it."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small file system to fill it")
    try:
        index = folder / "index"
        shutil.copytree(saved, index)
        settings.SEARCH_INDEX_DIR = index
        ballast = folder / "ballast"
        yield ballast
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill_up(ballast):
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return


def test_a_full_disk_costs_no_answer_and_passes_by_itself(
    any_database, full_disk, shelf, settings, caplog
):
    index = settings.SEARCH_INDEX_DIR
    here = caches.current()
    here.view()
    fill_up(full_disk)
    good = files_of(index)[1].read_bytes()
    shelf.fill(400, name="second")  # more than is buffered: FAISS itself finds no room
    encode_waiting.call()
    assert not here.keep_snapshot(always=True)
    assert "free some space" in caplog.text
    assert files_of(index)[1].read_bytes() == good  # the old one is as it was
    assert snapshots.check(index).count == BOOKS
    assert len(list(index.glob("vectors-*"))) == 1  # and nothing of the attempt is left
    assert answers_right()
    assert engine.find("Book 3", ANYONE).total
    full_disk.unlink()
    assert here.keep_snapshot(always=True)
    assert snapshots.check(index).sequence == Clock.now()[1]


def test_a_process_that_starts_on_a_full_disk_answers(any_database, full_disk, settings, caplog):
    index = settings.SEARCH_INDEX_DIR
    shutil.rmtree(index)
    fill_up(full_disk)
    assert answers_right()
    assert logging.WARNING in {record.levelno for record in caplog.records}
