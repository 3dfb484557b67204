"""Questions with the country that asks, answered with and without it, on the pages of this site."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from search.engine import find
from search.evaluation import metrics
from search.evaluation.relevance_set import RelevanceSetError
from search.filters import Filters
from search.language import LANGUAGES
from search.results import Results
from search.viewer import ANYONE
from vocabulary.labels import labels

# What is asked for: pages are named by the last part of their address.
WANTED = Filters(kind=("practice",))
BEST, ALSO = 2.0, 1.0
FIRST = 3
MOST = 200
Progress = Callable[[str, int], Callable[[int], None]]


@dataclass(frozen=True)
class Pair:
    """One question, the language and country of who asks, and what would serve them, by its gain.

    `best` is what they would want first.
    """

    question: str
    language: str
    country: str
    gains: Mapping[str, float]

    @property
    def best(self) -> Mapping[str, float]:
        """What they would want first."""
        return {name: gain for name, gain in self.gains.items() if gain == BEST}


@dataclass(frozen=True)
class Figures:
    """What one list of answers was worth: all three 0 to 1."""

    ndcg: float  # at 10, with both grades
    precision: float  # the share of the first three that answer at all
    reciprocal: float  # 1 / place of the first of the best

    @classmethod
    def of(cls, found: Sequence[str], pair: Pair) -> "Figures":
        """Count them for a list of pages."""
        return cls(
            metrics.ndcg(found, pair.gains),
            metrics.precision(found, pair.gains, FIRST),
            metrics.reciprocal_rank(found, pair.best),
        )


@dataclass(frozen=True)
class Asked:
    """What a pair was worth without and with its country."""

    pair: Pair
    without: Figures
    given: Figures

    @property
    def gained(self) -> float:
        """How much nDCG the country brought; below zero: it cost."""
        return self.given.ndcg - self.without.ndcg


def read(path: Path) -> list[Pair]:
    """Return the pairs of a file, or raise `RelevanceSetError`."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RelevanceSetError(f"{path} cannot be read: {error}") from error
    if not isinstance(rows, list) or not rows:
        raise RelevanceSetError(f"{path}: expected a list of questions.")
    return [_pair(row, f"{path}, question {number}") for number, row in enumerate(rows, 1)]


def _pair(row: Any, place: str) -> Pair:
    if not isinstance(row, dict) or set(row) != {"for", "lang", "ask", "best", "also"}:
        raise RelevanceSetError(f"{place}: expected `for`, `lang`, `ask`, `best` and `also`.")
    country, language, question = (str(row[name]) for name in ("for", "lang", "ask"))
    if language not in LANGUAGES or country not in labels("country", "en"):
        raise RelevanceSetError(f"{place}: no language {language!r} or no country {country!r}.")
    names = [*row["best"], *row["also"]]
    if not row["best"] or len(names) != len(set(names)):
        raise RelevanceSetError(f"{place}: `best` is empty, or a page is named twice.")
    gains = dict.fromkeys(row["also"], ALSO) | dict.fromkeys(row["best"], BEST)
    return Pair(question, language, country, gains)


def ask(pairs: Sequence[Pair], progress: Progress) -> list[Asked]:
    """Ask every question twice, as anybody may: without its country, and with it."""
    advance = progress("Asking", len(pairs))
    asked = []
    for pair in pairs:
        without, given = (Figures.of(_found(pair, code), pair) for code in (None, pair.country))
        asked.append(Asked(pair, without, given))
        advance(1)
    return asked


def _found(pair: Pair, country: str | None) -> list[str]:
    results = find(
        pair.question, ANYONE, WANTED, country, limit=metrics.CUT, language=pair.language
    )
    return _names(results)


def _names(results: Results) -> list[str]:
    return [hit.card.url.rstrip("/").rpartition("/")[2] for hit in results.hits]


def missing(pairs: Iterable[Pair]) -> set[str]:
    """Return the pages that pairs name and that this site does not show to everybody."""
    from_all = find("", ANYONE, WANTED, limit=MOST)
    return {name for pair in pairs for name in pair.gains} - set(_names(from_all))
