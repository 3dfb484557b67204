"""The assessments that countries answer before a workshop; another app lends them.

Whose answers and gaps somebody may know of is decided there. What comes here are numbers of
questions, names of gaps and addresses that this reader may open, never an answer.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone


@dataclass(frozen=True)
class Progress:
    """How far a country is with its newest round of a questionnaire."""

    has_desk: bool = False  # whether there is a place where its team can answer
    total: int = 0
    done: int = 0  # "not known" counts
    opens_on: datetime.date | None = None
    last_day: datetime.date | None = None  # None: it has no round
    # Where this reader opens the round, or begins one; "" for everybody else.
    address: str = ""

    @property
    def is_begun(self) -> bool:
        """Whether there is a round, be it without an answer."""
        return self.last_day is not None

    @property
    def is_locked(self) -> bool:
        """Whether the last day is over."""
        return self.last_day is not None and timezone.localdate() > self.last_day

    @property
    def is_free(self) -> bool:
        """Whether a round can begin: there is none that is open."""
        return self.has_desk and (not self.is_begun or self.is_locked)

    @property
    def is_complete(self) -> bool:
        """Whether every question is answered."""
        return 0 < self.total <= self.done

    @property
    def is_wanting(self) -> bool:
        """Whether its team can still answer something."""
        return not self.is_complete and not self.is_locked


@dataclass(frozen=True)
class KnownGap:
    """A gap and the countries (ISO 3166-1 alpha-3) that have it, as far as a reader may know."""

    code: str
    title: str
    ask: str  # what to search for to close it, in the reader's language
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What is asked of the lender: these countries' rounds of a questionnaire, for this reader."""

    questionnaire: str
    codes: tuple[str, ...]
    user: Any
    until: datetime.date | None = None  # the last day that is proposed to whoever begins


@dataclass(frozen=True)
class Lender:
    """How assessments are counted and begun.

    `offered` returns (short name, title) of the questionnaires that can be answered, in the
    reader's language; `usual` is the one that is proposed. `progress` returns a row for each
    country. `begin` opens a round that can be answered until a day, False where one is open or
    the person may not. `gaps` returns what this reader may know of, and everything of the
    countries in its second argument, who share their gaps.
    """

    usual: str
    offered: Callable[[], list[tuple[str, str]]]
    progress: Callable[[Asked], dict[str, Progress]]
    begin: Callable[[str, str, Any, datetime.date], bool]
    gaps: Callable[[Asked, frozenset[str]], Sequence[KnownGap]]


_lenders: list[Lender] = []


def register_lender(lender: Lender) -> None:
    """Let workshops be prepared with assessments."""
    _lenders[:] = [lender]


def lender() -> Lender | None:
    """Return who lends assessments; None where nobody does."""
    return _lenders[0] if _lenders else None
