"""What a process keeps in memory of the index, brought up to date at each query.

One cheap query asks the clock; only rows after the last number seen are read. Documents enter
when their time comes and leave when it ends, without anything else having to run.
"""

import datetime
import heapq
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings
from django.utils import timezone

from search import encoders, rows, snapshots
from search.catalogue import Catalogue
from search.encoders import EncoderUnavailableError
from search.models import Clock, Passage
from search.stores.faiss_vectors import FaissVectors
from search.stores.tantivy_words import TantivyWords

log = logging.getLogger(__name__)
# A first question waits so long for another thread that is filling the caches.
PATIENCE_SECONDS = 20.0
# The snapshot is written anew after so many vectors, or this share of them.
SNAPSHOT_AFTER, SNAPSHOT_SHARE = 500, 0.1


class PreparingError(RuntimeError):
    """Another thread is still filling the caches."""


@dataclass(frozen=True)
class View:
    """One state of the caches, for one query."""

    catalogue: Catalogue
    words: TantivyWords
    vectors: FaissVectors | None  # None: no encoder


class Caches:
    """Catalogue, words and vectors of this process."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._forget("")

    def view(self, now: datetime.datetime | None = None) -> View:
        """Return the state after the last commit; `PreparingError` if it takes too long."""
        with self._mine():
            self._catch_up(now or timezone.now())
            return View(self._catalogue, self._words, self._vectors)

    def keep_snapshot(self, always: bool = False) -> bool:
        """Write the vectors to disk if enough of them are new; True if it was done."""
        with self._mine():
            self._catch_up(timezone.now())
            return self._keep_snapshot(always)

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
        self._forget_vectors()

    def _forget_vectors(self) -> None:
        self._vectors: FaissVectors | None = None
        self._fingerprint, self._vectors_number, self._unsaved = "", 0, 0

    def _catch_up(self, now: datetime.datetime) -> None:
        """Repeat until nobody wrote while we were reading, so that one state is seen."""
        for _attempt in range(3):
            epoch, number = Clock.now()
            if epoch != self._epoch or number < self._number:
                self._forget(epoch)
            changed = rows.changed_documents(self._number) if number > self._number else []
            due = self._due(now)
            self._apply(sorted({*changed, *due}), now)
            self._catch_up_vectors(number)
            moved, self._number = number > self._number, number
            if not moved or Clock.now() == (epoch, number):
                return

    def _due(self, now: datetime.datetime) -> list[int]:
        due = []
        while self._later and self._later[0][0] <= now:
            due.append(heapq.heappop(self._later)[1])
        return due

    def _apply(self, documents: list[int], now: datetime.datetime) -> None:
        for change in rows.read(documents, now):
            before = self._catalogue.passages_of_documents(change.documents)
            if self._vectors is not None and len(before):
                self._vectors.remove(np.setdiff1d(before, change.passages))
            self._words.change(change.documents, [each.words for each in change.live])
            entries = [each.entry for each in change.live]
            self._catalogue = self._catalogue.changed(change.documents, entries)
            for when in change.later:
                heapq.heappush(self._later, when)

    def _catch_up_vectors(self, number: int) -> None:
        try:
            encoder = encoders.current()
        except EncoderUnavailableError:
            self._forget_vectors()
            return
        broken = False
        if self._vectors is None or self._fingerprint != encoder.fingerprint:
            self._forget_vectors()
            self._fingerprint = encoder.fingerprint
            self._vectors = FaissVectors(encoder.dimensions)
            broken = not self._load_snapshot()
        if number <= self._vectors_number:
            return
        new = rows.vectors_after(self._vectors_number, encoder.fingerprint, encoder.dimensions)
        for ids, vectors in new:
            self._vectors.put(ids, vectors)
            self._unsaved += len(ids)
        self._vectors_number = number
        if broken and len(self._vectors):
            self._keep_snapshot(always=True)

    def _load_snapshot(self) -> bool:
        assert self._vectors is not None  # noqa: S101
        try:
            vectors, number = snapshots.load(_directory(), self._fingerprint, self._epoch)
        except (snapshots.NoSnapshotError, snapshots.OutdatedSnapshotError) as error:
            log.info("The vectors are read from the database; of a snapshot: %s.", error)
            return False
        except snapshots.SnapshotError as error:
            log.warning(
                "The snapshot of the vectors in %s is not used: %s. They are read from the "
                "database instead and a new one is written; nothing needs to be done.",
                _directory(),
                error,
            )
            return False
        self._vectors, self._vectors_number = vectors, number
        return True

    def _keep_snapshot(self, always: bool) -> bool:
        if self._vectors is None or not len(self._vectors):
            return False
        enough = max(SNAPSHOT_AFTER, SNAPSHOT_SHARE * len(self._vectors))
        if not always and self._unsaved < enough:
            return False
        # A snapshot may have brought vectors of passages that are gone since.
        current = Passage.objects.filter(fingerprint=self._fingerprint).values_list("pk", flat=True)
        stored = np.fromiter(current.iterator(chunk_size=10_000), np.int64)
        self._vectors.remove(np.setdiff1d(self._vectors.known(), stored))
        try:
            done = snapshots.save(
                _directory(),
                self._vectors,
                self._fingerprint,
                self._epoch,
                self._vectors_number,
            )
        except OSError as error:
            log.warning(
                "The snapshot of the vectors cannot be written to %s (%s). Search works without "
                "it; free some space or mend the rights of the folder.",
                _directory(),
                error,
            )
            return False
        self._unsaved = 0 if done else self._unsaved
        return done


def _directory() -> Path:
    return Path(settings.SEARCH_INDEX_DIR)


_current = Caches()


def current() -> Caches:
    """Return the caches of this process."""
    return _current
