import numpy as np
import pytest
from django.core.management import CommandError, call_command

from search import index, snapshots, sources
from search.models import Clock, IndexedDocument, Passage
from search.stores.faiss_vectors import FaissVectors
from search.verification import problems

TEXT = "The ministries share one registry of children who cross the border."


@pytest.fixture
def alone(shelf, monkeypatch):
    """The shelf as the only source."""
    monkeypatch.setattr(sources, "_sources", {"shelf": shelf})
    for number in range(3):
        shelf.put(number, f"Registry {number}", TEXT)
    return shelf


def test_reindex_mends_everything_and_can_be_run_twice(alone, capsys):
    IndexedDocument.objects.filter(key="shelf:1").delete()
    IndexedDocument.objects.filter(key="shelf:2").update(content_hash="x", title="Changed")
    del alone.books["0"]
    assert len(list(problems())) >= 3
    for _ in range(2):
        call_command("reindex")
        assert list(problems()) == []
    titles = IndexedDocument.objects.filter(withdrawn=False).values_list("title", flat=True)
    assert sorted(titles) == ["Registry 1", "Registry 2"]
    assert "passages encoded" in capsys.readouterr().out


def test_reindex_leaves_alone_what_processes_hold_unless_told(alone):
    call_command("reindex")
    epoch, _number = Clock.now()
    call_command("reindex")
    assert Clock.now()[0] == epoch
    call_command("reindex", "--forget")
    assert Clock.now()[0] != epoch


def test_reindex_notices_a_database_that_is_older_than_the_snapshot(alone, settings):
    call_command("reindex")
    epoch, number = Clock.now()
    vectors = FaissVectors(2)
    vectors.put(np.array([1]), np.array([[0, 1]], np.float32))
    snapshots.save(settings.SEARCH_INDEX_DIR, vectors, "any", epoch, number)
    call_command("reindex")
    assert Clock.now()[0] == epoch
    snapshots.save(settings.SEARCH_INDEX_DIR, vectors, "any", epoch, number + 100)
    call_command("reindex")
    assert Clock.now()[0] != epoch


def test_reindex_if_needed_works_only_when_needed(alone, capsys):
    call_command("reindex", "--if-needed")
    assert "passages encoded" in capsys.readouterr().out
    call_command("reindex", "--if-needed")
    assert "up to date" in capsys.readouterr().out
    for change in (
        lambda: alone.books.pop("0"),
        lambda: alone.books.update({"7": alone.books["1"]}),
        lambda: Passage.objects.filter(pk=Passage.objects.first().pk).update(fingerprint=""),
    ):
        change()
        call_command("reindex", "--if-needed")
        assert "up to date" not in capsys.readouterr().out
        alone.books.pop("7", None)


def test_verify_ends_with_one_and_says_how_to_mend(alone, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("verify_index")
    assert end.value.code == 1
    assert "reindex" in capsys.readouterr().err
    call_command("reindex")
    call_command("verify_index")


def test_damaged_vectors_are_found_and_mended(alone):
    call_command("reindex")
    Passage.objects.update(vector=b"\x00" * 1536)
    assert any("damaged" in problem for problem in problems())
    call_command("reindex", "--encode-again")
    assert list(problems()) == []


def test_one_source_only(alone):
    del alone.books["0"]
    call_command("reindex", "--source", "shelf")
    assert IndexedDocument.objects.filter(withdrawn=True).count() == 1
    with pytest.raises(CommandError, match="shelf"):
        call_command("reindex", "--source", "nonsense")


def test_without_a_model_words_are_indexed_and_the_command_fails(alone, settings):
    settings.SEARCH_ENCODER = "/there/is/no/model"
    with pytest.raises(CommandError, match="SEARCH_ENCODER"):
        call_command("reindex")
    assert IndexedDocument.objects.count() == 3


def test_an_app_that_is_gone_is_told(alone):
    IndexedDocument.objects.create(key="gone:1", source="gone", seq=1)
    assert any(problem.startswith("gone") for problem in problems())


def test_the_health_of_each_part(alone, settings):
    from search import health

    index.refresh("shelf", [1])
    call_command("reindex")
    assert {name: check()[0] for name, check in health.CHECKS.items()} == {
        "index": True,
        "encoder": True,
        "queue": True,
        "snapshot": True,
    }
    settings.SEARCH_ENCODER = "/there/is/no/model"
    assert health.encoder()[0] is False
    assert "SEARCH_ENCODER" in health.encoder()[1]


def test_an_empty_index_is_not_ready(db):
    from search import health

    assert health.index() == (False, "The index is empty. Run `manage.py reindex`.")
    assert Clock.now() == ("", 0)
