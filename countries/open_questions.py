"""Open questions, on the page of a country and on the gap map; other apps know them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class OpenQuestion:
    """A question without an answer, and where it was asked.

    `region` (UN M49) and `themes` (codes of the vocabulary) are those of the place, if it has any.
    """

    title: str
    url: str
    where: str
    region: str = ""
    themes: tuple[str, ...] = ()


Known = Callable[[Any, str], Sequence[OpenQuestion]]
Waiting = Callable[[Any], Sequence[OpenQuestion]]
_known: list[Known] = []
_waiting: list[Waiting] = []


def register_questions(known: Known) -> None:
    """Show what `known(user, ISO3)` returns on the page of a country: what that person may read."""
    _known.append(known)


def register_waiting(waiting: Waiting) -> None:
    """Count what `waiting(user)` returns on the gap map: all open questions they may read."""
    _waiting.append(waiting)


def open_questions(user: Any, code: str) -> list[OpenQuestion]:
    """Return the open questions about a country that somebody may read."""
    return [question for known in _known for question in known(user, code)]


def waiting_questions(user: Any) -> list[OpenQuestion]:
    """Return all open questions that somebody may read, the newest first."""
    return [question for waiting in _waiting for question in waiting(user)]
