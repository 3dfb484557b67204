"""The fields of a practice as cells of a table: written for people, read back without loss.

What people can write (a line for each institution, a step below a `#`) is used wherever it says
everything; otherwise the cell holds JSON or HTML. So every value comes back as it was.
"""

import datetime
import json
import re
from collections.abc import Callable
from typing import Any

from practices.blocks import WITH_TABLES
from practices.word import values
from practices.word.fields import Evidence, Grid, Part, PracticeFields, Role
from practices.word.pages import HEADERS, LINES, TEXTS
from practices.word.prose import Piece, Prose, Run, from_html, line, lines, tidy, to_html, to_text

ITEM = re.compile(r"(?P<space> *)(?:(?P<bullet>[-*\u2022])|(?P<number>\d{1,3})[.)]) +(?P<text>.*)")
# A cell that begins so is a formula to a spreadsheet: it is quoted, and a quote is, too.
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "'")


Write = Callable[[Any], str]
Read = Callable[[str], Any]


class CellError(ValueError):
    """A cell that cannot be read."""


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(ACTIVE) else text


def unguarded(text: str) -> str:
    """Return what was guarded; other texts as they are."""
    return text[1:] if text.startswith("'") and text[1:].startswith(ACTIVE) else text


def _says(text: str, read: Read, value: Any) -> bool:
    """Return whether a text is read as exactly this value."""
    try:
        return bool(read(text) == value)
    except CellError:
        return False


# --- Running text: paragraphs and lists as people type them, else HTML
def write_prose(prose: Prose) -> str:
    """Return plain text if it says everything, else HTML."""
    text = to_text(prose)
    return text if _says(text, read_prose, prose) else to_html(prose)


def read_prose(text: str) -> Prose:
    """Return what a cell of text says: HTML, or lines with signs of lists."""
    if text.lstrip().startswith("<"):
        return from_html(text)
    return tidy(_piece(each) for each in text.replace("\r\n", "\n").split("\n"))


def _piece(text: str) -> Piece:
    match = ITEM.fullmatch(text)
    if not match:
        return Piece((Run(text),))
    level = len(match["space"]) // 2 + 1
    return Piece((Run(match["text"]),), level, bool(match["number"]))


# --- Rows: one a line, cells parted by bars, else JSON
def write_rows(rows: list[list[str]]) -> str:
    """Return rows one a line, if that says everything, else as JSON."""
    text = "\n".join(" | ".join(row).rstrip(" |") for row in rows)
    width = max(map(len, rows), default=0)
    if _says(text, lambda said: read_rows(said, width), rows):
        return text
    return json.dumps(rows, ensure_ascii=False)


def read_rows(text: str, width: int) -> list[list[str]]:
    """Read what `write_rows` writes; `CellError` for a row with more cells than that."""
    if text.lstrip().startswith("["):
        found = [[line(str(cell)) for cell in row] for row in _json(text, list)]
        return [(row + [""] * width)[:width] for row in found]
    rows = []
    for each in text.replace("\r\n", "\n").split("\n"):
        cells = [line(cell) for cell in each.split("|")]
        if any(cells):
            if len(cells) > width:
                raise CellError(each)
            rows.append(cells + [""] * (width - len(cells)))
    return rows


def write_roles(roles: tuple[Role, ...]) -> str:
    """Return institutions, one a line: body | part | shares | with whom | legal basis."""
    return write_rows([list(vars(role).values()) for role in roles])


def read_roles(text: str) -> tuple[Role, ...]:
    """Read what `write_roles` writes."""
    found = (Role(*row) for row in read_rows(text, 5))
    return tuple(role for role in found if role != Role())


def write_links(evidence: tuple[Evidence, ...]) -> str:
    """Return the web pages among the evidence, one a line: title | address."""
    return write_rows([[each.title, each.url] for each in evidence if each.file is None])


def read_links(text: str) -> tuple[Evidence, ...]:
    """Read what `write_links` writes; `CellError` for what is no address on the web."""
    rows = read_rows(text, 2)
    for title, url in rows:
        if not re.match(r"https?://\S+\Z", url):
            raise CellError(f"{title} | {url}")
    return tuple(Evidence(title or url, url) for title, url in rows)


# --- Steps: each below a line with # and its title, else JSON
def write_parts(parts: tuple[Part, ...]) -> str:
    """Return steps or building blocks, each below `# Title`."""
    text = "\n".join(f"# {part.title}\n{to_text(part.text)}".strip() for part in parts)
    if _says(text, read_parts, parts):
        return text
    found = [{"title": part.title, "text": to_html(part.text)} for part in parts]
    return json.dumps(found, ensure_ascii=False)


def read_parts(text: str) -> tuple[Part, ...]:
    """Read what `write_parts` writes; text before the first title is a part without one."""
    if text.lstrip().startswith("["):
        found = [
            Part(line(str(each.get("title", ""))), from_html(each.get("text", "")))
            for each in _json(text, list)
            if isinstance(each, dict)
        ]
        return tuple(part for part in found if part != Part())
    parts: list[tuple[str, list[str]]] = [("", [])]
    for each in text.replace("\r\n", "\n").split("\n"):
        if each == "#" or each.startswith("# "):
            parts.append((line(each[1:]), []))
        else:
            parts[-1][1].append(each)
    read = (Part(title, read_prose("\n".join(inside))) for title, inside in parts)
    return tuple(part for part in read if part != Part())


def write_tables(tables: tuple[Grid, ...]) -> str:
    """Return tables as JSON: they are tables in a table."""
    return json.dumps([vars(grid) for grid in tables], ensure_ascii=False) if tables else ""


def read_tables(text: str) -> tuple[Grid, ...]:
    """Read what `write_tables` writes."""
    found = []
    for each in _json(text, list) if text else []:
        rows = tuple(tuple(lines(str(cell)) for cell in row) for row in each["rows"])
        if each["section"] not in WITH_TABLES or each.get("header") not in HEADERS:
            raise CellError(text[:100])
        found.append(Grid(each["section"], rows, line(str(each["caption"])), each["header"]))
    return tuple(found)


def _json(text: str, kind: type) -> Any:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise CellError(str(error)) from error
    if not isinstance(found, kind):
        raise CellError(text[:100])
    return found


# --- Small values
def _year(text: str) -> int | None:
    found = values.year(text)
    if text and found is None:
        raise CellError(text)
    return found


def _day(text: str) -> datetime.date | None:
    found = values.day(text)
    if text and found is None:
        raise CellError(text)
    return found


def _tick(text: str) -> bool:
    found = values.yes(text)
    if text and found is None:
        raise CellError(text)
    return bool(found)


def _voice(text: str) -> str:
    found = values.voice(text) if text else "personal"
    if found is None:
        raise CellError(text)
    return found


WAYS: dict[str, tuple[Write, Read]] = {
    **dict.fromkeys(LINES, (str, line)),
    **dict.fromkeys(TEXTS, (str, lines)),
    "year_from": (lambda value: str(value or ""), _year),
    "year_to": (lambda value: str(value or ""), _year),
    "problem": (write_prose, read_prose),
    "institutions": (write_roles, read_roles),
    "steps": (write_parts, read_parts),
    "results": (write_prose, read_prose),
    "what_failed": (write_prose, read_prose),
    "conditions_not_reported": (lambda value: "yes" if value else "", _tick),
    "building_blocks": (write_parts, read_parts),
    "evidence": (write_links, read_links),
    "tables": (write_tables, read_tables),
    "voice": (str, _voice),
    "last_confirmed": (lambda value: value.isoformat() if value else "", _day),
}
TERMS = {
    "countries": "country",
    "action_points": "action_point",
    "themes": "theme",
    "data_sources": "data_source",
    "populations": "population",
    "disaggregation": "disaggregation",
}


def write_cell(fields: PracticeFields, name: str) -> str:
    """Return one field as the text of a cell."""
    if name in TERMS:
        return "; ".join(getattr(fields, name))
    return WAYS[name][0](getattr(fields, name))
