"""A report between a file and a page: its title, and its sections in their order."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from practices.word.prose import Piece, Prose, Run, tidy, to_html

DEEPEST = 4
LONGEST_HEADING = 500


@dataclass
class Grid:
    """A table: rows of plain texts; `header` is row, column, both or neither."""

    rows: list[list[str]]
    header: str = "neither"


@dataclass
class Part:
    """A section: what stands below its heading, in order."""

    heading: str = ""
    level: int = 1
    body: list[Prose | Grid] = field(default_factory=list)

    def say(self, *pieces: Piece) -> None:
        """Add running text; it continues the text before it."""
        if self.body and not isinstance(self.body[-1], Grid):
            self.body[-1] = (*self.body[-1], *pieces)
        else:
            self.body.append(tuple(pieces))

    @property
    def texts(self) -> list[str]:
        """The paragraphs and rows as plain text."""
        found: list[str] = []
        for each in self.body:
            if isinstance(each, Grid):
                found += [" | ".join(row) for row in each.rows]
            else:
                found += [piece.text for piece in each]
        return found


@dataclass
class Report:
    """What was read from a file, and what of the file is no part of its text."""

    title: str = ""
    parts: list[Part] = field(default_factory=list)
    pictures: int = 0
    hidden: int = 0  # comments, deleted and hidden text, tracked insertions

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to make a page of."""
        return not any(part.heading or part.body for part in self.parts)


def piece(text: str, level: int = 0, ordered: bool = False) -> Piece:
    """Return a paragraph, or an item of a list, of plain words."""
    return Piece((Run(text),), level, ordered)


def in_order(parts: list[Part]) -> list[Part]:
    """Return the sections without empty ones; none stands deeper than one below the one before."""
    kept: list[Part] = []
    for part in parts:
        part.body = [each for each in map(_tidied, part.body) if each]
        if not part.heading and not part.body:
            continue
        above = kept[-1].level if kept else 0
        part.level = max(1, min(part.level, above + 1, DEEPEST))
        if len(part.heading) > LONGEST_HEADING:  # a paragraph in the style of a heading
            part.body.insert(0, (piece(part.heading),))
            part.heading = f"{part.heading[: LONGEST_HEADING - 1]}…"
        kept.append(part)
    return kept


def _tidied(each: Prose | Grid) -> Prose | Grid | None:
    if isinstance(each, Grid):
        return each if any(any(row) for row in each.rows) else None
    return tidy(each) or None


def to_stream(parts: list[Part]) -> list[dict[str, Any]]:
    """Return sections as the page stores them."""
    return [
        {
            "type": "section",
            "id": str(uuid4()),
            "value": {
                "heading": part.heading,
                "level": str(part.level),
                "body": [_block(each) for each in part.body],
            },
        }
        for part in parts
    ]


def _block(each: Prose | Grid) -> dict[str, Any]:
    if not isinstance(each, Grid):
        return {"type": "text", "id": str(uuid4()), "value": to_html(each)}
    table = {
        "data": each.rows,
        "cell": [],
        "first_row_is_table_header": each.header in ("row", "both"),
        "first_col_is_header": each.header in ("column", "both"),
        "table_header_choice": each.header,
        "table_caption": "",
    }
    return {"type": "table", "id": str(uuid4()), "value": {"caption": "", "table": table}}
