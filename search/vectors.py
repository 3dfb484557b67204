"""The vectors of a process: held here and brought up to date from the rows, or in PostgreSQL."""

import logging
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import numpy as np
from django.conf import settings

from search import encoders, rows, snapshots
from search.encoders import Encoder, EncoderUnavailableError
from search.models import Clock, Passage
from search.stores import Ids, VectorStore, pgvector_table
from search.stores.faiss_vectors import FaissVectors
from search.stores.pgvector_vectors import PgVectors

log = logging.getLogger(__name__)
# The snapshot is written anew after so many vectors, or this share of them.
SNAPSHOT_AFTER, SNAPSHOT_SHARE = 500, 0.1


class Vectors(Protocol):
    """Where a process finds its vectors."""

    def up_to(self, epoch: str, number: int) -> VectorStore | None:
        """Return the store with every change up to this number; None: search by words only."""

    def forget(self, passages: Ids) -> None:
        """Drop the vectors of passages that no longer exist."""

    def keep(self, always: bool) -> bool:
        """Write what makes the next start quick, if it is due; True if it was done."""


def configured() -> Vectors:
    """Return what the settings ask for, empty."""
    return DatabaseVectors() if pgvector_table.asked_for() else MemoryVectors()


class MemoryVectors:
    """FAISS in this process, from a snapshot and the rows after it."""

    def __init__(self) -> None:
        self._store: FaissVectors | None = None
        self._fingerprint, self._epoch, self._number, self._unsaved = "", "", 0, 0

    def up_to(self, epoch: str, number: int) -> VectorStore | None:
        """Return the store with every change up to this number; None: search by words only."""
        try:
            encoder = encoders.current()
        except EncoderUnavailableError:
            self._store = None
            return None
        broken = False
        if self._store is None or (self._fingerprint, self._epoch) != (encoder.fingerprint, epoch):
            self._fingerprint, self._epoch, self._unsaved = encoder.fingerprint, epoch, 0
            loaded = self._from_snapshot()
            self._store, self._number = loaded or (FaissVectors(encoder.dimensions), 0)
            broken = not loaded
        if number > self._number:
            self._read_rows(self._store, encoder, number)
            if broken and len(self._store):
                self.keep(always=True)
        return self._store

    def forget(self, passages: Ids) -> None:
        """Drop the vectors of passages that no longer exist."""
        if self._store is not None:
            self._store.remove(passages)

    def _read_rows(self, store: FaissVectors, encoder: Encoder, number: int) -> None:
        new = rows.vectors_after(self._number, encoder.fingerprint, encoder.dimensions)
        for ids, vectors in new:
            store.put(ids, vectors)
            self._unsaved += len(ids)
        self._number = number

    def _from_snapshot(self) -> tuple[FaissVectors, int] | None:
        directory = _directory()
        try:
            return snapshots.load(directory, self._fingerprint, self._epoch, Clock.now()[1])
        except (snapshots.NoSnapshotError, snapshots.OutdatedSnapshotError) as error:
            log.info("The vectors are read from the database; of a snapshot: %s.", error)
        except snapshots.SnapshotError as error:
            log.warning(
                "The snapshot of the vectors in %s is not used: %s. They are read from the "
                "database instead and a new one is written; this one is kept in %r. Should it "
                "happen again, look at the disk.",
                directory,
                error,
                snapshots.DAMAGED,
            )
            with suppress(OSError):
                snapshots.set_aside(directory)
        return None

    def keep(self, always: bool) -> bool:
        """Write the vectors to disk if enough of them are new; True if it was done."""
        if self._store is None or not len(self._store) or Clock.unsettled():
            return False
        enough = max(SNAPSHOT_AFTER, SNAPSHOT_SHARE * len(self._store))
        if not always and self._unsaved < enough:
            return False
        # A snapshot may have brought vectors of passages that are gone since.
        current = Passage.objects.filter(fingerprint=self._fingerprint).values_list("pk", flat=True)
        stored = np.fromiter(current.iterator(chunk_size=10_000), np.int64)
        self._store.remove(np.setdiff1d(self._store.known(), stored))
        try:
            done = snapshots.save(
                _directory(), self._store, self._fingerprint, self._epoch, self._number
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


class DatabaseVectors:
    """PostgreSQL holds them; nothing is held or brought up to date here."""

    def __init__(self) -> None:
        self._store: PgVectors | None = None
        self._fingerprint, self._told = "", ""

    def up_to(self, epoch: str, number: int) -> VectorStore | None:
        """Return the store of the current encoder; None: search by words only."""
        try:
            encoder = encoders.current()
        except EncoderUnavailableError:
            return None
        if self._store is None or self._fingerprint != encoder.fingerprint:
            if problem := pgvector_table.problem():
                if problem != self._told:
                    log.error("Search answers by words only. %s", problem)
                self._told = problem
                return None
            self._fingerprint = encoder.fingerprint
            self._store = PgVectors(encoder.dimensions, encoder.fingerprint)
        return self._store

    def forget(self, passages: Ids) -> None:
        """Do nothing: the database has forgotten them with their rows."""

    def keep(self, always: bool) -> bool:
        """Copy into the table what was encoded before it was asked for, and make its index."""
        if self._store is None or Clock.unsettled() or not (always or self._store.is_empty()):
            return False
        try:
            encoder = encoders.current()
        except EncoderUnavailableError:
            return False
        pgvector_table.fill(encoder.fingerprint, encoder.dimensions)
        pgvector_table.index(encoder.fingerprint, encoder.dimensions)
        return True


def _directory() -> Path:
    return Path(settings.SEARCH_INDEX_DIR)
