"""How long each stage of a search takes, and how long indexing takes.

    python bench/search_latency.py [--sizes 1000 10000] [--folder TEXTS] [--queries 200]

Runs the very door of the site on a throw-away SQLite database and index. Without `--folder`
(of .txt files, one document each) the texts are SYNTHETIC: sentences drawn by a seeded generator
from the words of this field, so times mean something and relevance does not. Vectors of synthetic
passages are random unit vectors above the first 500 (those are encoded, for the throughput);
questions are always encoded. One run, one thread of questions; trust the ratios.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
STAGES = ("clean", "sync", "expand", "encode", "words", "vectors", "fuse", "facets", "check")
ENCODED = 500
_TEXT = """children migration data registry ministry census survey statistics refugee displaced
border school health protection indicator household administrative record integration country
region population policy law agreement identifier privacy consent coverage quality estimate
sampling questionnaire interview municipality province institution office coordination committee
guideline standard disaggregation age sex disability nationality birth family guardian return
reintegration transit destination origin remittance education enrolment attendance vaccination
nutrition shelter asylum application decision appeal detention deportation trafficking labour
poverty income expenditure budget training capacity workshop report evidence practice lesson
challenge recommendation partner agency government donor project pilot evaluation system platform
software database exchange linkage protocol anonymisation access publication dissemination user
journalist researcher community leader teacher nurse officer police court judge lawyer"""
WORDS = _TEXT.split()
QUESTIONS = (
    "how do countries bring together data held by several ministries",
    "children left behind by migrating parents",
    "age and sex disaggregation of migration statistics",
    "legal basis for sharing data between institutions",
    "census questions on country of birth",
    "registry of unaccompanied children",
    "school enrolment of refugee children",
    "privacy and consent when interviewing children",
    "capacity of national statistical offices",
    "best pizza recipe",
)


def synthetic(count: int) -> Iterator[tuple[str, str]]:
    """Yield (title, text of some 150 words), always the same ones."""
    chance = random.Random(20251120)
    # Natural texts use few words often and many seldom.
    rare = [f"{word}{number}" for word in WORDS for number in range(60)]
    for number in range(count):
        sentences = []
        for _ in range(12):
            words = chance.choices(WORDS, k=11) + chance.choices(rare, k=2)
            chance.shuffle(words)
            sentences.append(" ".join(words).capitalize() + ".")
        yield f"Synthetic document {number}: {chance.choice(WORDS)}", " ".join(sentences)


def from_folder(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (title, text) of each .txt file."""
    for path in sorted(folder.glob("*.txt")):
        yield path.stem.replace("-", " "), path.read_text("utf-8", "replace")


class Shelf:
    """The texts as a source of search."""

    name = "bench"

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self.texts = texts

    def ids(self) -> list[str]:
        """Return the numbers of the texts."""
        return [str(number) for number in range(len(self.texts))]

    def documents(self, ids):  # type: ignore[no-untyped-def]
        """Return the texts as public documents with facets."""
        from search.documents import PUBLIC, Document, Section

        countries = ("GEO", "MAR", "CHL", "MDA", "ETH", "PAN", "ITA", "MEX")
        for each in ids:
            number = int(each)
            title, text = self.texts[number]
            facets = {"country": (countries[number % 8],), "theme": (f"theme-{number % 12}",)}
            sections = (Section(("Text",), text),)
            yield Document(
                f"bench:{each}", "practice", title, "en", sections, facets, PUBLIC, work=each
            )

    def shown(self, ids, viewer, language):  # type: ignore[no-untyped-def]
        """Return a card for every text."""
        from search.sources import Card

        return {each: Card(self.texts[int(each)][0], f"/{each}/", "practice", "en") for each in ids}


def fill(texts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Index the texts; return (what, how long) lines."""
    import numpy as np

    from search import encoders, index, sources
    from search.encoding import BATCH, _next_batch, _store
    from search.models import Passage

    sources.register(Shelf(texts))
    started = perf_counter()
    index.refresh("bench", range(len(texts)))
    rows = perf_counter() - started
    passages = Passage.objects.count()
    encoder = encoders.current()
    encoder.load()
    started, encoded = perf_counter(), 0
    raw = 0.0
    while encoded < ENCODED and (batch := _next_batch(encoder.fingerprint, 0)):
        begun = perf_counter()
        vectors = encoder.encode_passages([passage.text for passage in batch])
        raw += perf_counter() - begun
        _store(batch, vectors, encoder)
        encoded += len(batch)
    spent = perf_counter() - started
    chance = np.random.default_rng(1)
    while batch := _next_batch(encoder.fingerprint, 0):
        vectors = chance.normal(size=(len(batch), encoder.dimensions)).astype(np.float32)
        _store(batch, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), encoder)
    share = raw / spent if spent else 0.0
    return [
        ("rows written", f"{passages} passages, {passages / rows:,.0f}/s"),
        ("encoded and stored", f"{encoded / spent:,.0f}/s ({share:.0%} of it in the encoder)"),
        (f"all {passages} at that rate", f"{passages * spent / max(encoded, 1):,.0f} s"),
        ("batch", str(BATCH)),
    ]


def ask(queries: int, chance: random.Random) -> dict[str, list[float]]:
    """Ask so many different questions; return milliseconds by stage."""
    from search.engine import find
    from search.viewer import ANYONE

    taken: dict[str, list[float]] = defaultdict(list)
    for number in range(queries):
        # A word is added so that no question's vector is remembered.
        question = f"{QUESTIONS[number % len(QUESTIONS)]} {' '.join(chance.choices(WORDS, k=2))}"
        results = find(question, ANYONE)
        for stage, milliseconds in results.timings.items():
            taken[stage].append(milliseconds)
        taken["beside encoding"].append(
            results.timings["total"] - results.timings.get("encode", 0.0)
        )
    return taken


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def measure(texts: Sequence[tuple[str, str]], queries: int) -> dict[str, tuple[float, float]]:
    """Fill, start, ask; print everything; return {stage: (p50, p95)}."""
    from search.caches import Caches

    for what, value in fill(texts):
        print(f"  {what:<28}{value}")
    started = perf_counter()
    Caches().view()
    print(f"  {'a process starts':<28}{perf_counter() - started:.2f} s from rows alone")
    from search import caches

    caches.current().keep_snapshot(always=True)
    started = perf_counter()
    Caches().view()
    print(f"  {'':<28}{perf_counter() - started:.2f} s with a snapshot of the vectors")
    # Never the same questions twice: the vectors of earlier ones are remembered.
    chance = random.Random(len(texts))
    ask(10, chance)
    taken = ask(queries, chance)
    return {
        stage: (statistics.median(taken[stage]), percentile(taken[stage], 0.95))
        for stage in (*STAGES, "total", "beside encoding")
    }


def table(measured: dict[int, dict[str, tuple[float, float]]]) -> None:
    """Print p50 / p95 of each stage by size, and the growth from the first size to the last."""
    sizes = list(measured)
    head = "".join(f"{f'{size:,} p50':>14}{'p95':>9}" for size in sizes)
    print(f"\n{'milliseconds':<18}{head}{'ratio p50':>12}")
    for stage in (*STAGES, "total", "beside encoding"):
        cells = "".join(
            f"{measured[size][stage][0]:>14.2f}{measured[size][stage][1]:>9.2f}" for size in sizes
        )
        first, last = measured[sizes[0]][stage][0], measured[sizes[-1]][stage][0]
        print(f"{stage:<18}{cells}{f'{last / first:.1f} x' if first > 0.01 else '-':>12}")


def main() -> None:
    """Measure every size and print one table."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    options.add_argument("--folder", type=Path)
    options.add_argument("--queries", type=int, default=200)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
        os.environ["DEBUG"] = "0"
        sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from search.models import Clock, IndexedDocument

        measured = {}
        for size in chosen.sizes:
            texts = list(from_folder(chosen.folder) if chosen.folder else synthetic(size))[:size]
            kind = "from the folder" if chosen.folder else "SYNTHETIC"
            print(f"\n{len(texts):,} documents, {kind}")
            IndexedDocument.objects.all().delete()
            Clock.restart()
            measured[len(texts)] = measure(texts, chosen.queries)
        table(measured)


if __name__ == "__main__":
    main()
