"""What a source hands to search: one object as frozen text with its facets and audiences."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from core import visibility

PUBLIC = visibility.EVERYBODY
NOBODY = frozenset({visibility.NOBODY})


@dataclass(frozen=True)
class Section:
    """A stretch of plain text under one heading (and, in a file, on one page)."""

    heading: tuple[str, ...]  # the heading path from the title down, () for the lead
    text: str
    page: int | None = None  # the page of the file, counted from 1
    anchor: str = ""  # fragment in the page's address, "" for its top


@dataclass(frozen=True)
class Document:
    """One thing that can be found.

    `facets` may name country, region (every M49 ancestor but the world), action_point, theme,
    data_source and population; kind, language and year are added by search itself.
    `date` is the first of January where only the year is known.
    """

    key: str  # "<source name>:<id>"
    kind: str  # practice, building-block, guidance, indicator, workshop, country, news, page, file
    title: str
    language: str
    sections: tuple[Section, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    audiences: frozenset[str] = NOBODY
    summary: str = ""
    work: str = ""  # the same for all translations of one work; "" means the key
    date: datetime.date | None = None
    available_from: datetime.datetime | None = None
    expires_at: datetime.datetime | None = None
    part_of: str = ""  # the work that this is a part of: one answer, whichever is better
    weight: float = 1.0  # below 1: steps back behind what answers as well
