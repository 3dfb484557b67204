"""Our search beside Wagtail's own and a vector library, on the same texts in one run.

    python -m pip install --target /tmp/peers --no-deps txtai msgpack
    PYTHONPATH=/tmp/peers python -m bench.peers --set DIR [--passages 10000] [--queries 200]

DIR is a relevance set in the form of BEIR, filled up with synthetic texts to so many passages.
Wagtail searches by its database backend on a model with title and text; txtai (left out where it is
not installed) runs the same embedding model with its default settings, alone and as its hybrid with
BM25. The engines take turns at every question, one question at a time. txtai's rate of encoding is
measured on a sample; the vectors of the rest are given to it, to save a quarter of an hour.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean, median
from time import perf_counter
from typing import Any

from bench import ground
from bench.texts import synthetic

CUT = 10
SAMPLE = 200
Search = Callable[[str, str], list[str]]  # (question, its language) -> names, best first


@dataclass
class Engine:
    """One of those that are compared."""

    name: str
    search: Search
    rate: str = ""  # passages indexed a second
    milliseconds: list[float] = field(default_factory=list)
    found: dict[str, list[str]] = field(default_factory=dict)
    stages: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def filled(folder: Path, passages: int) -> Any:
    """Return the set with synthetic texts that answer nothing."""
    from search.evaluation.relevance_set import RelevanceSet, SetDocument, read

    judged = read(folder)
    missing = max(passages - len(judged.documents), 0)
    more = {
        f"synthetic-{number}": SetDocument(title, text, "en")
        for number, (title, text) in enumerate(synthetic(missing))
    }
    return RelevanceSet(
        {**judged.documents, **more}, judged.queries, judged.relevant, judged.unknown
    )


def ours(judged: Any) -> Engine:
    """Index by the way of the site."""
    from search import sources
    from search.engine import find
    from search.evaluation.run import index_set
    from search.evaluation.source import SetSource
    from search.viewer import ANYONE

    source = SetSource(judged)
    sources.register(source)
    indexed = index_set(source, lambda title, total: lambda count: None)
    engine = Engine("our search", lambda question, language: [])

    def search(question: str, language: str) -> list[str]:
        results = find(question, ANYONE, limit=CUT, language=language)
        for stage, taken in results.timings.items():
            engine.stages[stage].append(taken)
        return [source.id_of(hit.key) for hit in results.hits]

    engine.search = search
    engine.rate = f"{indexed.rate:,.0f}"
    print(f"{indexed.documents:,} documents, {indexed.passages:,} passages", flush=True)
    return engine


def wagtail(judged: Any) -> Engine:
    """Index by Wagtail's database backend."""
    from wagtail.search.backends import get_search_backend

    from bench.wagtail_peer.models import PeerText

    backend = get_search_backend()
    rows = [
        PeerText(name=name, title=each.title, text=each.text)
        for name, each in judged.documents.items()
    ]
    started = perf_counter()
    PeerText.objects.bulk_create(rows)
    for start in range(0, len(rows), 1000):
        backend.get_index_for_model(PeerText).add_items(PeerText, rows[start : start + 1000])
    rate = len(rows) / (perf_counter() - started)

    def search(question: str, language: str) -> list[str]:
        found = backend.search(question, PeerText.objects.all(), operator="or")
        return [each.name for each in found[:CUT]]

    return Engine("Wagtail (database backend)", search, f"{rate:,.0f}")


def txtai_engines(judged: Any) -> Iterator[Engine]:
    """Index by txtai, with vectors alone and as a hybrid."""
    from search import encoders

    if find_spec("txtai") is None:
        print("txtai is not installed and left out; --help tells how to add it.")
        return
    from txtai import Embeddings
    from txtai.vectors import VectorsFactory

    names = list(judged.documents)
    texts = [f"{each.title}\n{each.text}" for each in judged.documents.values()]
    model = str(encoders._definition().folder)
    native = VectorsFactory.create({"path": model}, None)
    sample = texts[:SAMPLE]
    started = perf_counter()
    Embeddings(path=model).index(enumerate(sample))
    rate = len(sample) / (perf_counter() - started)
    vectors = encoders.current().encode_passages(texts)
    known = dict(zip(texts, vectors, strict=True))

    def transform(asked: Sequence[str]) -> Any:
        if all(text in known for text in asked):
            return [known[text] for text in asked]
        return native.encode(list(asked), "query")

    for name, more in (("txtai", {}), ("txtai, hybrid", {"hybrid": True})):
        embeddings = Embeddings(method="external", transform=transform, **more)
        embeddings.index(enumerate(texts))

        def search(question: str, language: str, embeddings: Any = embeddings) -> list[str]:
            return [names[place] for place, _score in embeddings.search(question, CUT)]

        yield Engine(name, search, f"{rate:,.0f}")


def compare(engines: list[Engine], judged: Any, count: int) -> None:
    """Ask every engine every question in turn, and print the table."""
    from search.evaluation.metrics import ndcg, recall

    asked = [name for name in judged.queries if judged.relevant.get(name)]
    asked = asked[:: max(len(asked) // count, 1)][:count]
    for engine in engines:
        engine.search("a question before the first", "en")
        engine.stages.clear()
    for place, name in enumerate(asked):
        query = judged.queries[name]
        # Not always the same one first: the others find its memory warm.
        for engine in engines[place % len(engines) :] + engines[: place % len(engines)]:
            started = perf_counter()
            engine.found[name] = engine.search(query.text, query.language)
            engine.milliseconds.append((perf_counter() - started) * 1000)
    first = median(engines[0].milliseconds)
    share = ground.percentile
    rows = [
        [
            engine.name,
            f"{fmean(ndcg(engine.found[name], judged.relevant[name]) for name in asked):.3f}",
            f"{fmean(recall(engine.found[name], judged.relevant[name]) for name in asked):.3f}",
            f"{median(engine.milliseconds):.1f} / {share(engine.milliseconds, 0.95):.1f}",
            f"{median(engine.milliseconds) / first:.1f} x",
            engine.rate,
        ]
        for engine in engines
    ]
    print(f"{len(asked)} questions")
    ground.table(["", "nDCG@10", "Recall@10", "ms p50 / p95", "", "passages indexed/s"], rows)
    print("\nour search by stage, ms p50 / p95")
    for stage, taken in engines[0].stages.items():
        print(f"  {stage:<10}{median(taken):7.1f} / {ground.percentile(taken, 0.95):.1f}")


def main() -> None:
    """Index, ask, print."""
    options = argparse.ArgumentParser(
        prog="python -m bench.peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("--set", type=Path, required=True, help="folder of a relevance set")
    options.add_argument("--passages", type=int, default=10_000)
    options.add_argument("--queries", type=int, default=200)
    chosen = options.parse_args()
    with ground.own_site("bench.wagtail_peer"):
        judged = filled(chosen.set, chosen.passages)
        engines = [ours(judged), wagtail(judged), *txtai_engines(judged)]
        compare(engines, judged, chosen.queries)


if __name__ == "__main__":
    main()
