"""Questions that wait for an answer where a country's people discuss; other apps know them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class OpenQuestion:
    """A question without an answer, and where it was asked."""

    title: str
    url: str
    where: str


Known = Callable[[Any, str], Sequence[OpenQuestion]]
_known: list[Known] = []


def register_questions(known: Known) -> None:
    """Show what `known(user, ISO3)` returns on the page of a country: what that person may read."""
    _known.append(known)


def open_questions(user: Any, code: str) -> list[OpenQuestion]:
    """Return the open questions that somebody may read."""
    return [question for known in _known for question in known(user, code)]
