"""How far the countries of a workshop are, and their gaps in one table, for one reader."""

import datetime
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from members.models import Kind, Role
from vocabulary.labels import label
from workshops.access import Seat
from workshops.models import Workshop, WorkshopCountry
from workshops.preparing import access
from workshops.preparing.assessments import Asked, KnownGap, Lender, Progress, lender


class Stage(StrEnum):
    """How far a country is, the furthest first."""

    COMPLETE = "complete"
    LOCKED = "locked"  # before everything was answered
    GOING = "going"
    WAITING = "waiting"  # nothing is answered


@dataclass(frozen=True)
class Line:
    """A country of a workshop with what it has answered; `people` is how many represent it."""

    row: WorkshopCountry
    progress: Progress
    people: int

    @property
    def code(self) -> str:
        """ISO 3166-1 alpha-3."""
        return self.row.code

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if self.progress.is_complete:
            return Stage.COMPLETE
        if self.progress.is_locked:
            return Stage.LOCKED
        return Stage.GOING if self.progress.done else Stage.WAITING

    @property
    def opens_later(self) -> bool:
        """Whether its round cannot be answered yet."""
        opens = self.progress.opens_on
        return opens is not None and opens > timezone.localdate()

    @property
    def was_reminded_today(self) -> bool:
        """Whether its people have a reminder of today."""
        at = self.row.reminded_at
        return at is not None and timezone.localdate(at) == timezone.localdate()

    @property
    def can_be_reminded(self) -> bool:
        """Whether a reminder would reach somebody who still has something to answer."""
        return bool(self.people) and self.progress.is_wanting and not self.was_reminded_today


@dataclass(frozen=True)
class Standing:
    """The lines that a reader sees, by name of the country, and how many stand where."""

    lines: list[Line]

    @property
    def total(self) -> int:
        """How many countries there are."""
        return len(self.lines)

    @property
    def complete(self) -> int:
        """How many have answered everything."""
        return self.counts[Stage.COMPLETE]

    @property
    def counts(self) -> Counter[Stage]:
        """How many stand where."""
        return Counter(line.stage for line in self.lines)

    @property
    def legend(self) -> list[tuple[Stage, int]]:
        """The same in order, without what is not there."""
        return [(stage, self.counts[stage]) for stage in Stage if self.counts[stage]]

    @property
    def boxes(self) -> list[Stage]:
        """One stage for each country, the furthest first: the picture."""
        return [stage for stage, number in self.legend for _each in range(number)]

    @property
    def to_begin(self) -> list[str]:
        """The countries that never had a round."""
        return [x.code for x in self.lines if x.progress.is_free and not x.progress.is_begun]

    @property
    def to_begin_anew(self) -> list[str]:
        """The countries whose last round is locked."""
        return [x.code for x in self.lines if x.progress.is_free and x.progress.is_begun]

    @property
    def without_desk(self) -> list[str]:
        """The countries that have no page here, so that nobody can answer for them."""
        return [x.code for x in self.lines if not x.progress.has_desk]

    @property
    def can_be_reminded(self) -> bool:
        """Whether there is anybody to remind."""
        return any(line.can_be_reminded for line in self.lines)


def standing_of(workshop: Workshop, seat: Seat, user: Any) -> Standing | None:
    """Return how far the countries are that somebody sees; None where nothing is asked of them."""
    lends, codes = lender(), access.states_for(seat, workshop)
    if lends is None or not workshop.questionnaire or not codes:
        return None
    return Standing(_lines(workshop, codes, lends.progress(asked_of(workshop, codes, user))))


def asked_of(workshop: Workshop, codes: list[str], user: Any) -> Asked:
    """Return the question to the lender."""
    return Asked(workshop.questionnaire, tuple(codes), user, _ahead(workshop.answer_by))


def _ahead(day: datetime.date | None) -> datetime.date | None:
    return day if day and day >= timezone.localdate() else None


def _lines(workshop: Workshop, codes: list[str], progress: dict[str, Progress]) -> list[Line]:
    rows = {row.code: row for row in workshop.countries.all()}
    held = Role.objects.held().filter(
        kind=Kind.REPRESENTATIVE, country__code__in=codes, user__is_active=True
    )
    people = Counter(code for code, _user in set(held.values_list("country__code", "user")))
    lines = [Line(rows[code], progress.get(code, Progress()), people[code]) for code in codes]
    return sorted(lines, key=lambda line: _name(line.code))


@dataclass(frozen=True)
class GapTable:
    """The gaps that a reader may know of: rows are gaps, columns the countries that have any."""

    gaps: list[KnownGap]
    columns: list[str]
    others: list[str]  # countries of the workshop that stand in no column

    @property
    def most(self) -> int:
        """How many countries there are to be had: what a full bar means."""
        return len(self.columns) + len(self.others)


@dataclass(frozen=True)
class Share:
    """What somebody's own country shares with the room, or would share: these gaps."""

    row: WorkshopCountry
    gaps: list[KnownGap]


def shares_of(workshop: Workshop, own: list[str], table: GapTable) -> list[Share]:
    """Return a row for each country that this reader represents; all its gaps are in the table."""
    return [
        Share(row, [gap for gap in table.gaps if row.code in gap.countries])
        for row in workshop.countries.all()
        if row.code in own
    ]


def table_of(workshop: Workshop, user: Any) -> GapTable:
    """Return the gaps of the countries of a workshop, as far as somebody who reads it may know.

    A country that shares nothing and one that has no gap are told apart nowhere.
    """
    lends = lender()
    codes = sorted(workshop.codes, key=_name)
    gaps = _gaps(lends, workshop, codes, user) if lends and workshop.questionnaire else []
    having = {code for gap in gaps for code in gap.countries}
    return GapTable(
        gaps,
        [code for code in codes if code in having],
        [code for code in codes if code not in having],
    )


def _gaps(lends: Lender, workshop: Workshop, codes: list[str], user: Any) -> list[KnownGap]:
    return list(lends.gaps(asked_of(workshop, codes, user), access.sharing(workshop)))


def _name(code: str) -> str:
    return label("country", code, get_language() or "en")
