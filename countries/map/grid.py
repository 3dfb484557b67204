"""The matrix of what is known and wanted: a cell is its list, and counts what it lists."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.visibility import audiences_of, live_for
from countries.map import demand
from countries.map.asked import ALL, REST, Across, Asked, By
from countries.map.items import KNOWN, WANTED, Item, Kind
from countries.map.places import columns_for, columns_of, rest_of, settled
from countries.map.supply import known_to
from countries.map.topics import rows_of_terms
from countries.models import CountryPage
from guidance.models import IndicatorPage
from vocabulary.labels import labels
from vocabulary.stamp import steady


class Tone(StrEnum):
    """How what is known stands to what is wanted."""

    UNMET = "unmet"
    SHORT = "short"
    MET = "met"
    OFFERED = "offered"
    EMPTY = "empty"


# What tells the tones apart without colour, in letters that every font has; and what they mean.
SIGNS = {Tone.UNMET: "!", Tone.SHORT: "<", Tone.MET: "=", Tone.OFFERED: "+", Tone.EMPTY: "·"}
MEANINGS = {
    Tone.UNMET: gettext_lazy("wanted, and nothing is known"),
    Tone.SHORT: gettext_lazy("more is wanted than is known"),
    Tone.MET: gettext_lazy("at least as much is known as is wanted"),
    Tone.OFFERED: gettext_lazy("known, and not asked for"),
    Tone.EMPTY: gettext_lazy("nothing known, nothing asked for"),
}


@dataclass(frozen=True)
class Cell:
    """The things of one row and column, each once."""

    items: list[Item] = field(default_factory=list)

    @cached_property
    def counts(self) -> Mapping[Kind, int]:
        """How many there are of each kind."""
        return Counter(item.kind for item in self.items)

    @property
    def known(self) -> int:
        """How many practices and guidance."""
        return sum(self.counts.get(kind, 0) for kind in KNOWN)

    @property
    def wanted(self) -> int:
        """How many gaps, open questions and searches without result."""
        return sum(self.counts.get(kind, 0) for kind in WANTED)

    @property
    def tone(self) -> Tone:
        """How the one stands to the other."""
        if not self.wanted:
            return Tone.OFFERED if self.known else Tone.EMPTY
        if not self.known:
            return Tone.UNMET
        return Tone.SHORT if self.wanted > self.known else Tone.MET

    @property
    def sign(self) -> str:
        """Its tone without colour."""
        return SIGNS[self.tone]

    @property
    def meaning(self) -> str:
        """Its tone in words."""
        return str(MEANINGS[self.tone])


@dataclass(frozen=True)
class Head:
    """A row or column: its code and what it is called."""

    code: str
    label: str


@dataclass(frozen=True)
class Grid:
    """One reading of the map for one reader; a sum counts once what is in several cells."""

    asked: Asked
    rows: list[Head]
    columns: list[Head]
    cells: Mapping[tuple[str, str], Cell]
    silent: list[str] = field(default_factory=list)  # countries without a column: nothing there

    def cell(self, row: str = ALL, column: str = ALL) -> Cell:
        """Return the cell of a row and column; `ALL`: their sum."""
        return self.cells.get((row, column), Cell())

    @cached_property
    def lines(self) -> list[tuple[Head, list[tuple[Head, Cell]]]]:
        """Each row with its cells, sums at the ends."""
        every = Head(ALL, _("All"))
        columns = [*self.columns, every]
        return [
            (row, [(column, self.cell(row.code, column.code)) for column in columns])
            for row in [*self.rows, every]
        ]


@steady()
def grid_of(items: Iterable[Item], asked: Asked) -> Grid:
    """Return the matrix of these things; a rest has its row or column where there is any."""
    items = list(items)
    asked = settled(asked, (place for item in items for place in item.places))
    rows, columns = rows_by(asked.by), columns_of(asked)
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        own = columns_for(item.places, asked, columns)
        for column in {*own, ALL} if own else ():
            for row in {*rows_for_item(item, asked.by, rows), ALL}:
                found[row, column].append(item)
    used = {row for row, _column in found}, {column for _row, column in found}
    silent = []
    if asked.across == Across.COUNTRY:
        silent = [name for code, name in columns.items() if code not in used[1]]
        columns = {code: name for code, name in columns.items() if code in used[1]}
    if REST in used[0]:
        rows |= {REST: rest_of_rows(asked)}
    if REST in used[1]:
        columns |= {REST: rest_of(asked)}
    return Grid(
        asked,
        [Head(code, name) for code, name in rows.items()],
        [Head(code, name) for code, name in columns.items()],
        {place: Cell(each) for place, each in found.items()},
        silent,
    )


def rows_by(by: By) -> dict[str, str]:
    """Return {code: name} of the rows, without that of the rest."""
    if by == By.INDICATOR:
        return {str(area.value): str(area.label) for area in IndicatorPage.Area}
    return labels("action_point", get_language() or "en")


def rest_of_rows(asked: Asked) -> str:
    """Return what the row of the rest is called."""
    return _("No area named") if asked.by == By.INDICATOR else _("No action point named")


def rows_for_item(item: Item, by: By, rows: Mapping[str, str]) -> set[str]:
    """Return the rows that something counts in."""
    named = item.rows.areas if by == By.INDICATOR else item.rows.points
    return {code for code in named if code in rows} or {REST}


@steady()
def items_for(user: Any) -> list[Item]:
    """Return all that somebody may know of, known and wanted."""
    topics = rows_of_terms()
    return [
        *known_to(user, topics),
        *demand.gaps(user, open_countries(user)),
        *demand.questions(user, topics),
        *demand.searches(user, topics),
    ]


def open_countries(user: Any) -> frozenset[str]:
    """Return the countries of which somebody may open a page: what is about others is closed."""
    pages = live_for(CountryPage.objects.all(), audiences_of(user))
    return frozenset(pages.order_by().values_list("country__code", flat=True))
