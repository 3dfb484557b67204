"""What asking for a country is worth, as one JSON object or as a table."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from search.evaluation.pairs import Asked, Figures
from search.evaluation.run import mean
from search.language import LANGUAGES

ALL = "all"
LABELS = {"ndcg": "nDCG@10", "precision": "P@3", "reciprocal": "MRR (best)"}
# Differences below are rounding.
NOTHING = 1e-9
RESAMPLES, SHARE = 2000, 0.95


@dataclass(frozen=True)
class PairsReport:
    """The figures of one file of pairs."""

    name: str
    asked: Sequence[Asked]

    def groups(self) -> dict[str, list[Asked]]:
        """Return all pairs, and those of each language that has some."""
        found = {ALL: list(self.asked)}
        for code in LANGUAGES:
            if each := [one for one in self.asked if one.pair.language == code]:
                found[code] = each
        return found

    def worse(self) -> list[Asked]:
        """Return the pairs that lost by their country, the most first."""
        return sorted((one for one in self.asked if one.gained < -NOTHING), key=_gained)

    def better(self) -> list[Asked]:
        """Return the pairs that gained by it."""
        return [one for one in self.asked if one.gained > NOTHING]

    def interval(self) -> tuple[float, float]:
        """Return between what the mean gain lies in 95 of 100 drawings of as many pairs."""
        chance, gains = random.Random(1), [one.gained for one in self.asked]  # noqa: S311
        means = sorted(
            sum(chance.choices(gains, k=len(gains))) / len(gains) for _ in range(RESAMPLES)
        )
        low = int(RESAMPLES * (1 - SHARE) / 2)
        return means[low], means[-low - 1]

    def as_json(self) -> dict[str, Any]:
        """Return the object that `--json` prints."""
        low, high = self.interval()
        return {
            "set": self.name,
            "pairs": len(self.asked),
            "figures": {
                group: {"without": _means([one.without for one in asked])}
                | {"with": _means([one.given for one in asked]), "pairs": len(asked)}
                for group, asked in self.groups().items()
            },
            "gain": {"low": round(low, 4), "high": round(high, 4)},
            "better": len(self.better()),
            "worse": [
                {"ask": one.pair.question, "for": one.pair.country, "gain": round(one.gained, 4)}
                for one in self.worse()
            ],
        }

    def as_lines(self) -> Iterator[str]:
        """Yield the lines of the table."""
        yield f"{self.name}: {len(self.asked)} questions with a country, as anybody may ask them"
        yield ""
        yield f"{'':10}{'pairs':>6}" + "".join(f"{name:>26}" for name in LABELS.values())
        for group, asked in self.groups().items():
            without, given = (
                _means([getattr(one, name) for one in asked]) for name in ("without", "given")
            )
            yield f"{group:10}{len(asked):6}" + "".join(
                f"{f'{without[name]:.3f} -> {given[name]:.3f}':>26}" for name in LABELS
            )
        low, high = self.interval()
        worse, better = self.worse(), len(self.better())
        same = len(self.asked) - better - len(worse)
        yield ""
        yield (
            f"nDCG@10: {better} better, {same} the same, {len(worse)} worse. The mean gain lies "
            + (f"between {low:+.3f} and {high:+.3f} in {SHARE:.0%} of {RESAMPLES} resamples.")
        )
        for one in worse:
            yield f"{one.gained:+.3f}  {one.pair.country}  {one.pair.question}"


def _means(figures: Sequence[Figures]) -> dict[str, float]:
    return {
        each.name: round(mean(getattr(one, each.name) for one in figures) or 0.0, 4)
        for each in fields(Figures)
    }


def _gained(one: Asked) -> float:
    return one.gained
