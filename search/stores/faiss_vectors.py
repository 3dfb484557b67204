"""Vectors in memory by FAISS: exact inner products, over the allowed passages only.

Held in half precision: recall@10 is 1.0 against single precision on 10,000 to a million vectors,
in half the memory and two thirds of the time (docs/decisions/0006). A slot of the index belongs
to one passage. A removed passage leaves its slot behind, emptied, until a quarter of all slots
are; then the index is written anew without them.
"""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from weakref import WeakKeyDictionary

import faiss
import numpy as np
from numpy.typing import NDArray

from search.stores import Allowed, Ids, Scores, Vectors

MOST_UNUSED = 0.25
# From so many vectors on, the halves of the index are searched side by side: one search of a
# million takes 84 ms in one thread; below, handing over costs more than it brings.
TOGETHER_FROM = 200_000
Bits = NDArray[np.uint8]


def empty_index(dimensions: int) -> faiss.IndexScalarQuantizer:
    """Return an index of this kind without vectors."""
    kind = faiss.ScalarQuantizer.QT_fp16
    return faiss.IndexScalarQuantizer(dimensions, kind, faiss.METRIC_INNER_PRODUCT)


class FaissVectors:
    """A `VectorStore`; safe to use from several threads."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        self._lock = threading.RLock()
        self._begin(empty_index(dimensions), np.empty(0, np.int64))

    @classmethod
    def of(cls, index: faiss.IndexScalarQuantizer, ids: Ids) -> "FaissVectors":
        """Return a store that goes on from what `still` gave; the index is taken, not copied."""
        store = cls(index.d)
        store._begin(index, ids)
        return store

    def _begin(self, index: faiss.IndexScalarQuantizer, ids: Ids) -> None:
        self._index = index
        self._ids: Ids = ids  # slot -> passage, -1: unused
        self._slots: NDArray[np.int32] = np.full(int(ids.max(initial=-1)) + 1, -1, np.int32)
        used = np.flatnonzero(ids >= 0)
        self._slots[ids[used]] = used  # passage -> slot, -1: none
        # What was made of a selection holds until something is put or removed.
        self._made: WeakKeyDictionary[Allowed, tuple[Bits | None, int]] = WeakKeyDictionary()

    def __len__(self) -> int:
        """Return the number of vectors."""
        return int((self._ids >= 0).sum())

    def put(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace vectors, shapes (n,) and (n, dimensions); `ValueError` for NaN."""
        if not len(ids):
            return
        refuse_unusable(ids, vectors, self.dimensions)
        with self._lock:
            self.remove(ids)
            self._make_room(int(ids.max()))
            first = self._index.ntotal
            self._index.add(np.ascontiguousarray(vectors, np.float32))
            self._ids = np.concatenate([self._ids, ids])
            self._slots[ids] = np.arange(first, first + len(ids), dtype=np.int32)
            self._made.clear()

    def remove(self, ids: Ids) -> None:
        """Forget these passages; unknown ids are ignored."""
        with self._lock:
            slots = self._slots_of(ids)
            slots = slots[slots >= 0]
            if not len(slots):
                return
            gone = self._ids[slots]
            self._ids = self._ids.copy()
            self._ids[slots] = -1
            self._slots[gone] = -1
            self._codes()[slots] = 0  # a vector tells of its text: nothing of it stays
            self._made.clear()
            if (self._ids < 0).mean() > MOST_UNUSED:
                self._compact()

    def search(
        self, vectors: Vectors, allowed: Allowed, limit: int, floor: float
    ) -> list[tuple[Ids, Scores]]:
        """Return for each of the vectors the nearest allowed passages, best first."""
        with self._lock:
            bits, count = self._bits(allowed)
            most = min(limit, count)
            if most < 1:
                return [(np.empty(0, np.int64), np.empty(0, np.float32)) for _ in vectors]
            parts = self._parts(bits)
            jobs = [(vector, part) for vector in vectors for part in parts]
            work = (_threads().map if len(parts) > 1 else map)(
                lambda job: self._search(job[0], job[1], most), jobs
            )
            found = list(work)
            answers = []
            for first in range(0, len(jobs), len(parts)):
                several = found[first : first + len(parts)]
                slots = np.concatenate([each for each, _scores in several])
                scores = np.concatenate([each for _slots, each in several])
                answers.append(_best(self._ids[slots], scores, most, floor))
            return answers

    def _search(
        self, vector: Vectors, bits: Bits | None, limit: int
    ) -> tuple[NDArray[np.int64], Scores]:
        # One thread: on a busy machine two that wait for each other took 30 times as long.
        faiss.omp_set_num_threads(1)
        parameters = None
        if bits is not None:
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg,arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        query = np.ascontiguousarray(vector[None], np.float32)
        scores, slots = self._index.search(query, limit, params=parameters)
        return slots[0][slots[0] >= 0], scores[0][slots[0] >= 0]

    def scores(self, vectors: Vectors, ids: Ids) -> Scores:
        """Return the cosines, shape (len(vectors), len(ids)), NaN for ids without a vector."""
        with self._lock:
            answer = np.full((len(vectors), len(ids)), np.nan, np.float32)
            slots = self._slots_of(ids)
            known = slots >= 0
            if known.any():
                rows = self._index.sa_decode(self._codes()[slots[known]])
                # einsum and not @: for so little, BLAS and its threads cost more than they bring.
                answer[:, known] = np.einsum("ij,kj->ki", rows, vectors)
            return answer

    @contextmanager
    def still(self) -> Iterator[tuple[faiss.IndexScalarQuantizer, Ids]]:
        """Give (index, passage of each slot or -1) while nothing changes them, for a snapshot."""
        with self._lock:
            yield self._index, self._ids

    def known(self) -> Ids:
        """Return the ids of all passages that have a vector."""
        return self._ids[self._ids >= 0]

    def _bits(self, allowed: Allowed) -> tuple[Bits | None, int]:
        """Return one bit a slot (None: all are allowed) and how many are set."""
        if (made := self._made.get(allowed)) is None:
            slots = self._slots_of(allowed.passages())
            slots = slots[slots >= 0]
            bits = None
            if len(slots) < self._index.ntotal:
                open_slots = np.zeros(self._index.ntotal, np.bool_)
                open_slots[slots] = True
                bits = np.packbits(open_slots, bitorder="little")
            made = self._made[allowed] = (bits, len(slots))
        return made

    def _parts(self, bits: Bits | None) -> list[Bits | None]:
        """Return the bits of the parts of the index that are searched side by side."""
        if self._index.ntotal < TOGETHER_FROM or (os.cpu_count() or 1) < 2:
            return [bits]
        if bits is None:
            bits = np.full(-(-self._index.ntotal // 8), 255, np.uint8)
        middle = len(bits) // 2
        low, high = bits.copy(), bits.copy()
        low[middle:], high[:middle] = 0, 0
        return [low, high]

    def _codes(self) -> Bits:
        """Return the stored vectors by slot as bytes, without copying; valid under the lock."""
        total, size = self._index.ntotal, self._index.code_size
        if not total:
            return np.empty((0, size), np.uint8)
        flat = faiss.rev_swig_ptr(self._index.codes.data(), total * size)
        return np.asarray(flat).reshape(total, size)

    def _slots_of(self, ids: Ids) -> NDArray[np.int32]:
        slots = np.full(len(ids), -1, np.int32)
        inside = (ids >= 0) & (ids < len(self._slots))
        slots[inside] = self._slots[ids[inside]]
        return slots

    def _make_room(self, highest: int) -> None:
        missing = highest + 1 - len(self._slots)
        if missing > 0:
            more = np.full(max(missing, len(self._slots) // 4), -1, np.int32)
            self._slots = np.concatenate([self._slots, more])

    def _compact(self) -> None:
        used = self._ids >= 0
        index = empty_index(self.dimensions)
        faiss.copy_array_to_vector(self._codes()[used].ravel(), index.codes)
        index.ntotal = int(used.sum())
        self._begin(index, self._ids[used])


def refuse_unusable(ids: Ids, vectors: Vectors, dimensions: int) -> None:
    """Raise `ValueError` for vectors of another shape or with NaN or infinity in them."""
    if vectors.shape != (len(ids), dimensions):
        raise ValueError(f"Expected {(len(ids), dimensions)}, got {vectors.shape}.")
    if not np.isfinite(vectors).all():
        raise ValueError("Expected finite numbers: a vector with NaN would never be found.")


def _best(ids: Ids, scores: Scores, limit: int, floor: float) -> tuple[Ids, Scores]:
    """Return those that reach the floor, best first, of equals the lower id first."""
    order = np.lexsort((ids, -scores))[:limit]
    order = order[scores[order] >= floor]
    return ids[order], scores[order]


@cache
def _threads() -> ThreadPoolExecutor:
    """Return the two threads of this process that search a large index."""
    return ThreadPoolExecutor(2, thread_name_prefix="search-vectors")
