"""Running an exported model by OpenVINO: no torch, no transformers, no database.

The graph is compiled twice, each time when first needed: for questions in one thread (each more
would cost 20 MB), and for many texts with a stream and a thread for every processor.
"""

import ctypes
import mmap
import os
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

MODEL, WEIGHTS, TOKENIZER = "model.xml", "model.bin", "tokenizer.json"
FILES = (MODEL, WEIGHTS, TOKENIZER)
# Lengths are filled up to a multiple of this: for each length OpenVINO prepares once.
STEP = 8
# Texts of a batch; measured with 1 to 32: between 4 and 16 it makes no difference.
BATCH = 8
# More streams than this would cost memory (each has its own working space) that nobody asked for.
MOST_STREAMS = 16
# Longest question to prepare for ahead, in tokens.
PREPARED = 40


def library(converting: bool = False) -> Any:
    """Return the module `openvino`, kept from reporting its use to its makers over the network.

    Its converter is left out (8 MB, and the reports) unless it is needed.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    if not converting:
        sys.modules.setdefault("openvino.tools.ovc", None)  # type: ignore[arg-type]
    import openvino

    return openvino


class OpenvinoModel:
    """A sentence-transformers model as one graph, from token ids to vectors of unit length.

    Computes in bfloat16 where the processor does (AMX, AVX-512), else in float32. Safe to use
    from several threads.
    """

    def __init__(self, folder: Path) -> None:
        openvino = library()
        from tokenizers import Tokenizer

        self._folder = folder
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._longest: int = (self._tokenizer.truncation or {})["max_length"]
        self._filler: int = (self._tokenizer.padding or {})["pad_id"]
        self._tokenizer.no_padding()
        self._core = openvino.Core()
        can_bfloat16 = "BF16" in self._core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self.precision = "bf16" if can_bfloat16 else "f32"
        self._lock = threading.Lock()
        self._compiled: dict[int, Any] = {}  # by number of streams
        self._own = threading.local()

    def prepare(self) -> None:
        """Do ahead what the first question of each length would wait for (half a second)."""
        for length in range(STEP, min(PREPARED, self._longest) + 1, STEP):
            for count in (1, 2):
                self._request().infer(self._inputs([[self._filler] * length] * count))
        _give_back(self._folder / WEIGHTS)

    def encode_few(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions), at once and in one thread."""
        request = self._request()
        request.infer(self._inputs(self._ids(texts)))
        return _unit(request.get_output_tensor(0).data)

    def encode_many(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions), in all threads."""
        # Not by openvino.AsyncInferQueue: at the end of a process it aborted (12 of 35 times) or
        # hung; and not by one request after the other, which would leave all threads but one idle.
        ids = self._ids(texts)
        vectors: dict[int, Vectors] = {}
        streams = min(_processors(), MOST_STREAMS)
        idle = [self._graph(streams).create_infer_request() for _stream in range(streams)]
        busy: deque[tuple[Any, list[int]]] = deque()

        def finish() -> None:
            request, places = busy.popleft()
            request.wait()
            vectors.update(zip(places, _unit(request.get_output_tensor(0).data), strict=True))
            idle.append(request)

        for places in _batches(ids):
            if not idle:
                finish()
            request = idle.pop()
            request.start_async(self._inputs([ids[place] for place in places]))
            busy.append((request, places))
        while busy:
            finish()
        return np.stack([vectors[place] for place in range(len(texts))])

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [found.ids for found in self._tokenizer.encode_batch(list(texts))]

    def _inputs(self, ids: Sequence[Sequence[int]]) -> dict[int, NDArray[np.int64]]:
        """Return token ids and mask, filled up at the right to a multiple of STEP."""
        length = min(-(-max(map(len, ids)) // STEP) * STEP, self._longest)
        tokens = np.full((len(ids), length), self._filler, np.int64)
        mask = np.zeros((len(ids), length), np.int64)
        for row, found in enumerate(ids):
            tokens[row, : len(found)] = found
            mask[row, : len(found)] = 1
        return {0: tokens, 1: mask}

    def _request(self) -> Any:
        """Return this thread's own request; one can answer only one at a time."""
        if not hasattr(self._own, "request"):
            self._own.request = self._graph(1).create_infer_request()
        return self._own.request

    def _graph(self, streams: int) -> Any:
        """Return the graph, compiled for so many texts at once."""
        with self._lock:
            if streams not in self._compiled:
                settings = {
                    "INFERENCE_PRECISION_HINT": self.precision,
                    "NUM_STREAMS": str(streams),
                    "INFERENCE_NUM_THREADS": str(streams),
                    # Processes side by side would all sit on the first cores.
                    "ENABLE_CPU_PINNING": False,
                }
                path = str(self._folder / MODEL)
                self._compiled[streams] = self._core.compile_model(path, "CPU", settings)
            return self._compiled[streams]


def _batches(ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield places of texts of like length together, the longest first."""
    order = sorted(range(len(ids)), key=lambda place: -len(ids[place]))
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def _unit(vectors: Any) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(lengths, 1e-12), np.float32)


def _give_back(path: Path) -> None:
    """Let the system take back the pages of a file that is mapped into memory (20 MB here).

    OpenVINO keeps a copy of most weights in an order of its own; what it does read in the file
    comes back by itself.
    """
    if sys.platform != "linux":
        return
    system = ctypes.CDLL(None)
    for line in Path("/proc/self/maps").read_text("utf-8", "replace").splitlines():
        if line.endswith(str(path.resolve())):
            begin, end = (int(number, 16) for number in line.split()[0].split("-"))
            system.madvise(ctypes.c_void_p(begin), ctypes.c_size_t(end - begin), mmap.MADV_DONTNEED)


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
