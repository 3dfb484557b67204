"""How well a ranked list answers, as trec_eval and BEIR count it.

nDCG with the gains as they are given and log2 of the place (Järvelin and Kekäläinen 2002); the
ideal list holds every relevant document of the question, in the set or not.
"""

from collections.abc import Mapping, Sequence
from math import log2

CUT = 10


def ndcg(found: Sequence[str], gains: Mapping[str, float], cut: int = CUT) -> float:
    """Return the discounted gain of the first `cut` as a share of the best possible, 0 to 1."""
    best = _discounted(sorted(gains.values(), reverse=True)[:cut])
    return _discounted([gains.get(each, 0.0) for each in found[:cut]]) / best if best else 0.0


def recall(found: Sequence[str], gains: Mapping[str, float], cut: int = CUT) -> float:
    """Return the share of all relevant documents that are among the first `cut`."""
    return len(set(found[:cut]) & gains.keys()) / len(gains) if gains else 0.0


def reciprocal_rank(found: Sequence[str], gains: Mapping[str, float], cut: int = CUT) -> float:
    """Return 1 / place of the first relevant document among the first `cut`, otherwise 0."""
    places = (1 / place for place, each in enumerate(found[:cut], 1) if each in gains)
    return next(places, 0.0)


def precision(found: Sequence[str], gains: Mapping[str, float], cut: int) -> float:
    """Return the share of the first `cut` places that hold a relevant document."""
    return len(set(found[:cut]) & gains.keys()) / cut


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all do not exceed (nearest rank); 0 of none."""
    ordered = sorted(values)
    place = max(0, -int(-len(ordered) * share // 1) - 1)
    return ordered[min(place, len(ordered) - 1)] if ordered else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, 1))
