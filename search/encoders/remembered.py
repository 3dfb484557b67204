"""Vectors of questions that were asked lately."""

import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
MOST = 2048


class Remembered:
    """Vectors by model and text, the ones not asked for longest forgotten first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._vectors: OrderedDict[tuple[str, str], Vectors] = OrderedDict()

    def get(self, fingerprint: str, text: str) -> Vectors | None:
        """Return the vector that this model gave this text, or None."""
        key = fingerprint, text
        with self._lock:
            if key not in self._vectors:
                return None
            self._vectors.move_to_end(key)
            return self._vectors[key]

    def keep(self, fingerprint: str, text: str, vector: Vectors) -> None:
        """Remember a vector."""
        with self._lock:
            self._vectors[fingerprint, text] = vector
            if len(self._vectors) > MOST:
                self._vectors.popitem(last=False)

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._vectors.clear()
