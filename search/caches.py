"""What a process keeps in memory of the index, brought up to date at each query.

One cheap query asks the clock; only rows after the last number seen are read. Documents enter
when their time comes and leave when it ends, without anything else having to run.

Only what was committed is kept. A transaction that searches after it changed the index sees its own
changes in caches of its own, which are filled from the rows and end with it.
"""

import datetime
import heapq
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from search import encoders, rows, vectors
from search.catalogue import Catalogue, Entry
from search.models import Clock, Passage, waiting_for
from search.stores import VectorStore
from search.stores.tantivy_words import TantivyWords

# A first question waits so long for another thread that is filling the caches.
PATIENCE_SECONDS = 20.0
# A change waits so long for the questions that are being answered from the state before.
POLITE_SECONDS = 1.0
# With a larger share of the passages still to be encoded, readers are told.
MOST_WITHOUT_VECTOR = 0.1


# Each change of the catalogue copies its arrays: a first filling makes few of them.
MOST_AT_ONCE = 20_000


class PreparingError(RuntimeError):
    """Another thread is still filling the caches."""


@dataclass(frozen=True)
class View:
    """One state of the caches, for one query."""

    catalogue: Catalogue
    words: TantivyWords
    vectors: VectorStore | None  # None: no encoder
    moment: tuple[str, int] = ("", 0)  # epoch and number of the last change that is in it
    partial: bool = False  # many passages have no vector yet


class Caches:
    """Catalogue, words and vectors of this process."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._left = threading.Condition()
        self._readers = 0
        self._unsettled = threading.local()
        self._forget("")

    def view(self, now: datetime.datetime | None = None) -> View:
        """Return the state after the last commit; `PreparingError` if it takes too long."""
        if ticks := Clock.unsettled():
            return self._of_transaction(ticks).view_of_rows(now or timezone.now())
        self._unsettled.caches = None
        return self.view_of_rows(now or timezone.now())

    @contextmanager
    def reading(self, now: datetime.datetime | None = None) -> Iterator[View]:
        """Give the state after the last commit; it stays as it is until the reader is done.

        Without that a document that changes meanwhile would be missing from the answer: gone
        from the stores, not yet in the catalogue. Raises `PreparingError` as `view` does.
        """
        with self._mine():
            view = self.view(now)
            with self._left:  # whoever changes anything holds the lock that we still have
                self._readers += 1
        try:
            yield view
        finally:
            with self._left:
                self._readers -= 1
                self._left.notify_all()

    def view_of_rows(self, now: datetime.datetime) -> View:
        """Return the state of the rows as this connection sees them."""
        with self._mine():
            self._catch_up(now)
            moment = self._epoch, self._number
            return View(self._catalogue, self._words, self._store, moment, self._partial)

    def _of_transaction(self, ticks: tuple[object, ...]) -> "Caches":
        """Return the caches of the transaction under way; new ones if it took something back."""
        known: tuple[object, ...] = getattr(self._unsettled, "ticks", ())
        caches: Caches | None = getattr(self._unsettled, "caches", None)
        if caches is None or ticks[: len(known)] != known:
            caches = Caches()
        self._unsettled.caches, self._unsettled.ticks = caches, ticks
        return caches

    def keep_snapshot(self, always: bool = False) -> bool:
        """Write what makes the next start quick, if it is due; True if it was done."""
        if Clock.unsettled():
            return False
        with self._mine():
            self._catch_up(timezone.now())
            return self._vectors.keep(always)

    @contextmanager
    def _mine(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=PATIENCE_SECONDS):
            raise PreparingError("The index is being prepared.")
        try:
            yield
        finally:
            self._lock.release()

    def _forget(self, epoch: str) -> None:
        self._epoch, self._number = epoch, 0
        self._catalogue, self._words = Catalogue(), TantivyWords()
        self._later: list[tuple[datetime.datetime, int]] = []
        self._vectors = vectors.configured()
        self._store: VectorStore | None = None
        self._partial, self._partial_at = False, ("", -1)

    def _catch_up(self, now: datetime.datetime) -> None:
        """Repeat until nobody wrote while we were reading, so that one state is seen."""
        for _attempt in range(3):
            epoch, number = Clock.now()
            due = self._due(now)
            if due or (epoch, number) != (self._epoch, self._number):
                self._wait_for_readers()
            if epoch != self._epoch or number < self._number:
                self._forget(epoch)
            changed = rows.changed_documents(self._number) if number > self._number else []
            try:
                self._apply(sorted({*changed, *due}), now)
            except BaseException:
                for document in due:  # their time has come; the next attempt must not miss them
                    heapq.heappush(self._later, (now, document))
                raise
            self._store = self._vectors.up_to(epoch, number)
            self._note_what_waits(number)
            moved, self._number = number > self._number, number
            if not moved or Clock.now() == (epoch, number):
                return

    def _wait_for_readers(self) -> None:
        with self._left:
            self._left.wait_for(lambda: not self._readers, POLITE_SECONDS)

    def _note_what_waits(self, number: int) -> None:
        """Count, once for each state, the passages that the current encoder has not seen."""
        fingerprint = encoders.current().fingerprint if self._store is not None else ""
        if self._partial_at == (fingerprint, number):
            return
        self._partial, self._partial_at = False, (fingerprint, number)
        if fingerprint and (waiting := waiting_for(fingerprint).count()):
            self._partial = waiting > MOST_WITHOUT_VECTOR * Passage.objects.count()

    def _due(self, now: datetime.datetime) -> list[int]:
        due = []
        while self._later and self._later[0][0] <= now:
            due.append(heapq.heappop(self._later)[1])
        return due

    def _apply(self, documents: list[int], now: datetime.datetime) -> None:
        gone: list[int] = []
        entries: list[Entry] = []
        for change in rows.read(documents, now):
            before = self._catalogue.passages_of_documents(change.documents)
            self._vectors.forget(np.setdiff1d(before, change.passages))
            self._words.change(change.documents, [each.words for each in change.live])
            gone += change.documents
            entries += [each.entry for each in change.live]
            for when in change.later:
                heapq.heappush(self._later, when)
            if len(gone) >= MOST_AT_ONCE:
                self._catalogue = self._catalogue.changed(gone, entries)
                gone, entries = [], []
        if gone:
            self._catalogue = self._catalogue.changed(gone, entries)


_current = Caches()


def current() -> Caches:
    """Return the caches of this process."""
    return _current
