"""The runtimes of the model side by side: speed, memory, and how near their vectors are.

    python -m bench.encoders [--set DIR] [--passages 128] [--rounds 5]

Each runtime has a process of its own; they take turns, so that a busy machine is busy for all.
Texts are synthetic (some 150 words), or those of a relevance set in the form of BEIR.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from bench import ground
from bench.texts import questions, synthetic

RUNTIMES = ("sentence-transformers", "torch bfloat16", "exported")
MILLISECONDS = 1000


def encoder_of(runtime: str) -> Any:
    """Return the encoder that runs the model in this way."""
    from search import encoders
    from search.encoders.sentence_transformer import SentenceTransformerEncoder

    if runtime == "exported":
        found = encoders.current()
        if not found.runtime.startswith("OpenVINO"):
            raise SystemExit("The model was not exported: `manage.py export_model` says why.")
        found.load()
        return found
    plain = SentenceTransformerEncoder(encoders._definition())
    plain.load()
    if runtime == "torch bfloat16":
        import torch

        plain._model.to(torch.bfloat16)
        # numpy has no bfloat16: normalised as they are, then widened.
        plain._model.encode = _widened(plain._model.encode)
    return plain


def _widened(encode: Any) -> Any:
    def encode_float(*arguments: Any, **options: Any) -> Any:
        options |= {"convert_to_numpy": False, "convert_to_tensor": True}
        return encode(*arguments, **options).float().numpy()

    return encode_float


def serve(runtime: str, folder: Path) -> None:
    """Answer lines on standard input: texts to encode in, seconds and vectors out."""
    before = ground.memory()
    ground.begin(folder)
    after_django = ground.memory()
    encoder = encoder_of(runtime)
    encoder.encode_queries(["a question before the first"])
    print(json.dumps({"django": after_django - before}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        taken: list[float] = []
        vectors: Any = None
        if "memory" in asked:
            print(json.dumps({"memory": ground.memory() - after_django}), flush=True)
            continue
        if "queries" in asked:
            for query in asked["queries"]:
                started = perf_counter()
                vectors = encoder.encode_queries([query])
                taken.append((perf_counter() - started) * MILLISECONDS)
            vectors = encoder.encode_queries(asked["queries"])
        else:
            started = perf_counter()
            vectors = encoder.encode_passages(asked["passages"])
            taken.append(perf_counter() - started)
        print(json.dumps({"taken": taken, "vectors": np.asarray(vectors).tolist()}), flush=True)


class Served:
    """A runtime in its process."""

    def __init__(self, runtime: str, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.encoders", "--serve", runtime, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ground.ROOT,
            env=ground.environment(folder),
        )
        self._read()

    def _read(self) -> Any:
        assert self.process.stdout is not None
        while not (line := self.process.stdout.readline()).startswith("{"):
            if not line:
                raise SystemExit("A runtime ended; run it with --serve to see why.")
        return json.loads(line)

    def ask(self, **what: Any) -> Any:
        """Return what it answers."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return self._read()


def unit(vectors: Any) -> Any:
    """Return vectors of unit length."""
    found = np.array(vectors)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def texts_of(folder: Path | None, count: int) -> list[str]:
    """Return so many passages."""
    if folder is None:
        return [f"{title}\n{text}" for title, text in synthetic(count)]
    lines = (json.loads(line) for line in (folder / "corpus.jsonl").open(encoding="utf-8"))
    found = [f"{each.get('title', '')}\n{each['text']}" for each in lines]
    return found[:: max(len(found) // count, 1)][:count]


def compare(passages: list[str], rounds: int) -> None:
    """Measure and print one table."""
    asked = list(questions(40, seed=7))
    query: dict[str, list[float]] = defaultdict(list)
    rate: dict[str, list[float]] = defaultdict(list)
    vectors: dict[str, list[Any]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        served = {runtime: Served(runtime, Path(folder)) for runtime in RUNTIMES}
        memory = {name: each.ask(memory=True)["memory"] for name, each in served.items()}
        for number in range(rounds + 1):
            for name, each in served.items():
                of_queries, of_passages = each.ask(queries=asked), each.ask(passages=passages)
                vectors[name] = [of_queries["vectors"], of_passages["vectors"]]
                if number:  # the first round is for warming up
                    query[name] += of_queries["taken"]
                    rate[name].append(len(passages) / of_passages["taken"][0])
        for each in served.values():
            each.process.terminate()
            each.process.wait()
    first = RUNTIMES[0]
    rows = []
    for name in RUNTIMES:
        near = [
            float(np.mean(np.einsum("ij,ij->i", unit(one), unit(other))))
            for one, other in zip(vectors[first], vectors[name], strict=True)
        ]
        rows.append(
            [
                name,
                f"{median(query[name]):.1f} / {ground.percentile(query[name], 0.95):.1f}",
                f"{median(query[first]) / median(query[name]):.1f} x",
                f"{median(rate[name]):.0f}",
                f"{median(rate[name]) / median(rate[first]):.1f} x",
                f"{memory[name]:.0f}",
                " / ".join(f"{value:.4f}" for value in near),
            ]
        )
    ground.table(
        [
            "runtime",
            "query p50/p95 ms",
            "",
            "passages/s",
            "",
            "MB above Django",
            "cosine query/passage",
        ],
        rows,
    )


def main() -> None:
    """Measure, or be one of those that are measured."""
    options = argparse.ArgumentParser(
        prog="python -m bench.encoders",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("--set", type=Path, help="folder with corpus.jsonl")
    options.add_argument("--passages", type=int, default=128)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--serve", nargs=2, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.serve:
        serve(chosen.serve[0], Path(chosen.serve[1]))
        return
    passages = texts_of(chosen.set, chosen.passages)
    words = median(len(text.split()) for text in passages)
    print(f"{len(passages)} passages, median {words:.0f} words; {chosen.rounds} rounds")
    compare(passages, chosen.rounds)


if __name__ == "__main__":
    main()
