"""The fields of a practice outside of the database: what a Word file or a table row can say."""

import datetime
from dataclasses import dataclass, field

from practices.word.prose import Prose


@dataclass(frozen=True)
class Named:
    """Something else on the site; known by its number, shown by its name and address."""

    pk: int
    name: str = field(default="", compare=False)
    url: str = field(default="", compare=False)


@dataclass(frozen=True)
class Role:
    """Who shares what with whom, and on what legal basis."""

    body: str = ""
    role: str = ""
    shares: str = ""
    shares_with: str = ""
    legal_basis: str = ""


@dataclass(frozen=True)
class Part:
    """A step, or a building block."""

    title: str = ""
    text: Prose = ()


@dataclass(frozen=True)
class Evidence:
    """A web page, or a file of the library (`file`), that supports the practice."""

    title: str = ""
    url: str = ""
    note: str = ""
    file: Named | None = None


@dataclass(frozen=True)
class Source:
    """A place in a document."""

    document: Named
    place: str = ""
    page: int | None = None


@dataclass(frozen=True)
class Grid:
    """A table in a section; `header` is row, column, both or neither."""

    section: str
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    header: str = "neither"


@dataclass(frozen=True)
class PracticeFields:
    """All that people write of a practice; terms are codes."""

    title: str = ""
    summary: str = ""
    countries: tuple[str, ...] = ()
    organisation: str = ""
    lead_institution: Named | None = None
    year_from: int | None = None
    year_to: int | None = None
    problem: Prose = ()
    institutions: tuple[Role, ...] = ()
    steps: tuple[Part, ...] = ()
    results: Prose = ()
    what_failed: Prose = ()
    condition_legal: str = ""
    condition_cultural: str = ""
    condition_capacity: str = ""
    condition_cooperation: str = ""
    condition_partners: str = ""
    conditions_not_reported: bool = False
    building_blocks: tuple[Part, ...] = ()
    cost: str = ""
    duration: str = ""
    action_points: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    data_sources: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    disaggregation: tuple[str, ...] = ()
    indicators: tuple[Named, ...] = ()
    guidance: tuple[Named, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[Source, ...] = ()
    voice: str = "personal"
    contact: str = ""
    languages: str = ""
    last_confirmed: datetime.date | None = None
    tables: tuple[Grid, ...] = ()
