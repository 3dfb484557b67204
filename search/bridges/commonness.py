"""How common an English word is: among several translations the usual one comes first."""

from functools import cache, lru_cache
from pathlib import Path

from search.language import words

_FILE = Path(__file__).parent / "data" / "english_common.txt"
_HALF = 2000  # the rank at which commonness is down to a half, before the root
_RARE = 60_000


@lru_cache(maxsize=50_000)
def commonness(text: str) -> float:
    """Return from 0 (no common word in it, or none at all) to 1; the rarest word decides."""
    ranks = _ranks()
    found = [ranks.get(word, _RARE) for word in words(text)]
    if not found:
        return 0.0
    # Several words for one are an explanation more often than a translation.
    share = 1.0 if len(found) == 1 else 0.5
    return float(share / (1 + max(found) / _HALF) ** 0.5)


def is_common(word: str) -> bool:
    """Return whether a folded word is among the commonest English ones."""
    return word in _ranks()


@cache
def _ranks() -> dict[str, int]:
    lines = _FILE.read_text("utf-8").splitlines()
    listed = (word for line in lines if not line.startswith("#") for word in line.split())
    return {word: rank for rank, word in enumerate(listed)}
