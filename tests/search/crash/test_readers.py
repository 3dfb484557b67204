"""Readers meanwhile: first start (F05), swaps under load (F08), an overload of questions (F13)."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from search import caches, encoders, engine, index
from search.caches import Caches
from search.models import Clock, IndexedDocument, Passage
from search.queue import encode_waiting, mend_index
from search.verification import problems
from search.viewer import ANYONE
from tests.search.crash.shelf import prose


def in_threads(count, work):
    """Run `work(number)` in so many threads at once; return the answers or raise the error."""

    def closing(number):
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(closing, range(count)))


def test_an_answer_shows_one_state_while_texts_are_swapped(shelf):
    """The book is there in every state, so it is in every answer, once, and found by its text."""
    shelf.fill(20)
    shelf.put(99, "The lighthouse", "version zero of the lighthouse " + prose(0))
    encode_waiting.call()
    over = threading.Event()

    def ask(number):
        if number == 0:
            try:
                for turn in range(100):
                    text = f"version {turn} of the lighthouse " + prose(turn)
                    shelf.put(99, "The lighthouse", text)
            finally:
                over.set()
            return []
        wrong = []
        while not over.is_set():
            results = engine.find("which version of lighthouse", ANYONE, limit=50)
            hits = [hit for hit in results.hits if hit.key == "shelf:99"]
            # A text that was replaced since it was found is not shown: the summary stands for it.
            if len(hits) != 1 or hits[0].passage.text[:7] not in ("", "version", "Version"):
                wrong.append((len(hits), results.total, hits and hits[0].passage.text))
        return wrong

    assert [wrong for wrong in in_threads(4, ask) if wrong] == []


def test_meaning_is_there_in_every_state(shelf):
    """Documents that do not change keep their place whatever else is swapped beside them."""
    shelf.fill(20)
    encode_waiting.call()
    caches.current().view()
    over = threading.Event()
    vector = encoders.query_vector("registry of the ministry")

    def ask(number):
        if number == 0:
            try:
                for turn in range(30):
                    shelf.put(50, "Swapped", prose(turn))
                    encode_waiting.call()
            finally:
                over.set()
            return set()
        seen = set()
        while not over.is_set():
            view = caches.current().view()
            ids = view.catalogue.passages_of(view.catalogue.alive)
            scores = view.vectors.scores(vector[None], ids)[0]
            seen.add(int((scores == scores).sum()))  # those that are not NaN
        return seen

    counts = set().union(*in_threads(3, ask))
    assert counts <= {20, 21}


def test_two_hundred_questions_at_once_are_all_answered(shelf):
    shelf.fill(40)
    encode_waiting.call()
    caches.current().view()
    answers = in_threads(200, lambda number: engine.find(f"registry number {number}", ANYONE))
    assert all(answer.hits for answer in answers)
    assert all("by words" not in hit.card.title for answer in answers for hit in answer.hits)


def test_questions_beyond_the_queue_are_answered_by_words_and_told_so(shelf, monkeypatch):
    shelf.fill(5)
    encode_waiting.call()
    held = [encoders._places.acquire(blocking=False) for _ in range(encoders.MOST_AT_ONCE)]
    assert all(held)
    try:
        results = engine.find("Book 3", ANYONE)
    finally:
        for _ in held:
            encoders._places.release()
    assert results.hits[0].card.title == "Book 3"
    assert "by meaning" in results.notice
    assert "by meaning" not in engine.find("Book 4", ANYONE).notice


def test_without_any_index_every_page_answers_and_one_rebuild_is_queued(shelf, processes, client):
    shelf.fill(10)
    Passage.objects.all().delete()
    IndexedDocument.objects.all().delete()
    Clock.objects.all().delete()
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.all().delete()
    for address in ["/en/search/", "/en/search/?q=Book+3"] * 5:
        answer = client.get(address)
        assert answer.status_code == 200
    assert "being prepared" in client.get("/en/search/?q=Book").content.decode()
    assert DBTaskResult.objects.count() == 0  # the requests ask for nothing
    processes.run("worker")
    rebuilt = DBTaskResult.objects.filter(task_path=mend_index.module_path)
    assert rebuilt.count() == 1
    assert rebuilt.get().return_value == 10
    assert list(problems()) == []
    answer = client.get("/en/search/?q=Book+3").content.decode()
    assert "/en/shelf/3/" in answer
    assert "being prepared" not in answer


def test_the_first_questions_of_a_process_wait_for_one_filling(shelf):
    shelf.fill(50)
    encode_waiting.call()
    fresh = Caches()
    views = in_threads(20, lambda number: fresh.view())
    assert {int(view.catalogue.alive.sum()) for view in views} == {50}
    assert {len(view.vectors) for view in views} == {50}


def test_what_is_withdrawn_is_gone_at_the_next_question_with_the_worker_stopped(shelf):
    shelf.put(1, "The lighthouse", "What was done at the lighthouse.")
    encode_waiting.call()
    other = Caches()
    assert other.view().catalogue.alive.sum() == 1
    assert engine.find("The lighthouse", ANYONE).total == 1
    index.withdraw("shelf", [1])
    assert engine.find("The lighthouse", ANYONE).total == 0
    assert other.view().catalogue.alive.sum() == 0
