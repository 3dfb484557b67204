"""What the gap map counts: something known or wanted, with the rows and places it is for."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from countries.map.topics import Rows


class Kind(StrEnum):
    """What is counted; the first two are what is known, the others what is wanted."""

    PRACTICE = "practice"
    GUIDANCE = "guidance"
    GAP = "gap"
    QUESTION = "question"
    SEARCH = "search"


KNOWN = (Kind.PRACTICE, Kind.GUIDANCE)
WANTED = (Kind.GAP, Kind.QUESTION, Kind.SEARCH)


@dataclass(frozen=True)
class Item:
    """One thing, told from others of its kind by `key`; the same for whoever may see it.

    `places`: ISO 3166-1 alpha-3 codes and UN M49 codes of regions; none: for anywhere. `about` is
    what its kind shows in a list.
    """

    kind: Kind
    key: str
    title: str
    rows: Rows
    places: frozenset[str] = frozenset()
    about: Any = field(default=None, compare=False)

    @property
    def is_known(self) -> bool:
        """Whether it is something known; else it is wanted."""
        return self.kind in KNOWN
