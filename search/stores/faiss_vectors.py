"""Vectors in memory by FAISS: exact inner products, over the allowed passages only.

A slot of the index belongs to one passage. A removed passage leaves its slot behind unused until
a quarter of all slots are; then the index is written anew without them.
"""

import threading

import faiss
import numpy as np
from numpy.typing import NDArray

from search.stores import Ids, Scores, Vectors

MOST_UNUSED = 0.25


class FaissVectors:
    """A `VectorStore`; safe to use from several threads."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        self._lock = threading.RLock()
        self._clear()

    def _clear(self) -> None:
        self._index = faiss.IndexFlatIP(self.dimensions)
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)  # slot -> passage, -1: unused
        self._slots: NDArray[np.int32] = np.empty(0, np.int32)  # passage -> slot, -1: none

    def __len__(self) -> int:
        """Return the number of vectors."""
        return int((self._ids >= 0).sum())

    def put(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace vectors, shapes (n,) and (n, dimensions)."""
        if not len(ids):
            return
        if vectors.shape != (len(ids), self.dimensions):
            raise ValueError(f"Expected {(len(ids), self.dimensions)}, got {vectors.shape}.")
        with self._lock:
            self.remove(ids)
            self._make_room(int(ids.max()))
            first = self._index.ntotal
            self._index.add(np.ascontiguousarray(vectors, np.float32))
            self._ids = np.concatenate([self._ids, ids])
            self._slots[ids] = np.arange(first, first + len(ids), dtype=np.int32)

    def remove(self, ids: Ids) -> None:
        """Forget these passages; unknown ids are ignored."""
        with self._lock:
            slots = self._known_slots(ids)
            if not len(slots):
                return
            gone = self._ids[slots]
            self._ids = self._ids.copy()
            self._ids[slots] = -1
            self._slots[gone] = -1
            if (self._ids < 0).mean() > MOST_UNUSED:
                self._compact()

    def search(self, vector: Vectors, allowed: Ids, limit: int, floor: float) -> tuple[Ids, Scores]:
        """Return the best of the allowed passages whose cosine reaches the floor, best first."""
        with self._lock:
            slots = self._known_slots(allowed)
            if not len(slots):
                return np.empty(0, np.int64), np.empty(0, np.float32)
            limit = min(limit, len(slots))
            parameters = None
            if len(slots) < self._index.ntotal:
                selector = _selector(slots, self._index.ntotal)
                parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
            query = np.ascontiguousarray(vector[None], np.float32)
            # One thread: on a busy machine two that wait for each other took 30 times as long.
            faiss.omp_set_num_threads(1)
            scores, found = self._index.search(query, limit, params=parameters)
            keep = (found[0] >= 0) & (scores[0] >= floor)
            return self._ids[found[0][keep]], scores[0][keep]

    def scores(self, vector: Vectors, ids: Ids) -> Scores:
        """Return the cosine of each passage, NaN for those without a vector."""
        with self._lock:
            answer = np.full(len(ids), np.nan, np.float32)
            inside = ids < len(self._slots)
            slots = np.full(len(ids), -1, np.int32)
            slots[inside] = self._slots[ids[inside]]
            known = slots >= 0
            # einsum and not @: for so little, BLAS and its threads cost more than they bring.
            answer[known] = np.einsum("ij,j->i", self._rows()[slots[known]], vector)
            return answer

    def contents(self) -> tuple[Ids, Vectors]:
        """Return all (ids, vectors), for a snapshot."""
        with self._lock:
            used = self._ids >= 0
            return self._ids[used], self._rows()[used]

    def _rows(self) -> Vectors:
        """Return the stored vectors by slot, without copying them; valid under the lock."""
        total = self._index.ntotal
        if not total:
            return np.empty((0, self.dimensions), np.float32)
        flat = faiss.rev_swig_ptr(self._index.get_xb(), total * self.dimensions)
        return np.asarray(flat).reshape(total, self.dimensions)

    def _known_slots(self, ids: Ids) -> NDArray[np.int32]:
        slots = self._slots[ids[ids < len(self._slots)]]
        return slots[slots >= 0]

    def _make_room(self, highest: int) -> None:
        missing = highest + 1 - len(self._slots)
        if missing > 0:
            more = np.full(max(missing, len(self._slots) // 4), -1, np.int32)
            self._slots = np.concatenate([self._slots, more])

    def _compact(self) -> None:
        ids, vectors = self.contents()
        self._clear()
        self.put(ids, vectors)


def _selector(slots: NDArray[np.int32], total: int) -> faiss.IDSelectorBitmap:
    """Return a selector of these slots; FAISS asks it before it computes a product."""
    allowed = np.zeros(total, np.bool_)
    allowed[slots] = True
    bits = np.packbits(allowed, bitorder="little")
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg,arg-type]
