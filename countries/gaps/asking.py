"""Where a team may ask about a gap for which nothing is known; other apps say where."""

from collections.abc import Callable, Sequence
from typing import Any

# (name of the place, address of its form with the question filled in)
Places = Sequence[tuple[str, str]]
Asker = Callable[[Any, str], Places]
_askers: list[Asker] = []


def register_asker(asker: Asker) -> None:
    """Offer what `asker(user, question)` returns to whoever sees a gap without an answer."""
    _askers.append(asker)


def places(user: Any, question: str) -> list[tuple[str, str]]:
    """Return where this person may ask this question."""
    return [place for asker in _askers for place in asker(user, question)]
