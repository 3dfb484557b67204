"""What it costs to ask for a country: a search with `for=` beside the same search without.

    python -m bench.comparable [--sizes 10000 100000] [--queries 100]

Runs the very door of the site on a throw-away SQLite database and index, with SYNTHETIC texts as
`bench.search_latency` and SYNTHETIC facts, 200 on each of 60 countries. The four ways take turns
with each question, so that a busy machine is busy for all: trust the ratios of the medians.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

from bench import ground
from bench.search_latency import WHOLE_WAY, Shelf, fill, index_some
from bench.texts import questions, synthetic

FACTS, CODES = 200, 400
KINDS = ("gap", "set-up", "source", "population", "role")
_CODES = """
    GEO MAR CHL MDA ETH PAN ITA MEX COL PER ECU BOL ARG URY PRY BRA VEN GTM HND SLV NIC CRI DOM
    HTI CUB JAM USA CAN ESP FRA PRT DEU AUT BEL NLD SWE NOR DNK FIN POL CZE SVK HUN ROU BGR GRC
    TUR ARM AZE JOR LBN IRQ EGY TUN DZA SEN MLI NER NGA GHA"""
COUNTRIES = _CODES.split()[:60]
ASKING = "COL"


class ComparableShelf(Shelf):
    """Synthetic documents that say where they are from and what they deal with."""

    def facets(self, number: int) -> Mapping[str, tuple[str, ...]]:
        """Return a country, sources and a population, always the same ones for a number."""
        chance = random.Random(number)
        return {
            "country": (COUNTRIES[number % len(COUNTRIES)],),
            "data_source": tuple(f"source-{chance.randrange(CODES)}" for _each in range(2)),
            "population": (f"population-{chance.randrange(CODES)}",),
            "theme": (f"theme-{number % 12}",),
        }


def facts() -> dict[str, frozenset[tuple[str, str]]]:
    """Return so many facts of each country."""
    chance = random.Random(60)
    every = [(kind, f"{kind}-{number}") for kind in KINDS for number in range(CODES)]
    return {country: frozenset(chance.sample(every, FACTS)) for country in COUNTRIES}


def ask(count: int, seed: int) -> dict[str, list[float]]:
    """Ask each question in every way; return milliseconds by way."""
    from search.engine import find
    from search.facts import register_facts, unregister_facts
    from search.viewer import ANYONE, Viewer

    told = facts()

    def provider(viewer: Viewer) -> dict[str, frozenset[tuple[str, str]]]:
        # Made anew at each call, as a provider that asks its database does.
        return {country: frozenset(set(each)) for country, each in told.items()}

    def without() -> None:
        unregister_facts(provider)

    ways: dict[str, tuple[Callable[[], None], str | None]] = {
        "without a country": (without, None),
        "with one, no facts": (without, ASKING),
        "with facts": (lambda: register_facts(provider), ASKING),
        "with stamped facts": (lambda: register_facts(provider, stamp=lambda: 1), ASKING),
    }
    taken: dict[str, list[float]] = defaultdict(list)
    for question in questions(count, seed):
        for way, (prepare, country) in ways.items():
            prepare()
            # The first of each way warms what a process keeps, the second is counted.
            for _turn in range(2):
                started = perf_counter()
                results = find(question, ANYONE, country=country)
                spent = (perf_counter() - started) * 1000
            taken[way].append(spent)
            taken[f"{way}: compare"].append(results.timings.get("compare", 0.0))
    return taken


def main() -> None:
    """Measure every size and print one table."""
    options = argparse.ArgumentParser(
        prog="python -m bench.comparable",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--queries", type=int, default=100)
    chosen = options.parse_args()
    with ground.own_site():
        from search import caches, sources

        shelf = ComparableShelf()
        sources.register(shelf)
        texts = synthetic(max(chosen.sizes) + WHOLE_WAY)
        index_some(shelf, texts)
        for size in sorted(chosen.sizes):
            caches._current = caches.Caches()
            fill(shelf, texts, size)
            ask(5, seed=1)
            taken = ask(chosen.queries, seed=size)
            plain = median(taken["without a country"])
            print(f"\n{size:,} passages, {chosen.queries} questions, one at a time")
            ground.table(
                ["", "p50 / p95 ms", "ratio of p50", "comparing, p50 ms"],
                [
                    [
                        way,
                        f"{median(spent):.1f} / {ground.percentile(spent, 0.95):.1f}",
                        f"{median(spent) / plain:.2f}",
                        f"{median(taken[f'{way}: compare']):.2f}",
                    ]
                    for way, spent in taken.items()
                    if not way.endswith(": compare")
                ],
            )


if __name__ == "__main__":
    main()
