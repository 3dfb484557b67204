"""Writes a practice, or the empty form, as a Word file in a reader's language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from practices.models import PracticePage
from practices.word import wording
from practices.word.document import Cell, Document
from practices.word.fields import Evidence, Grid, Named, PracticeFields, Role, Source
from practices.word.fields import Part as Item
from practices.word.prose import Piece, Prose, Run, from_text
from practices.word.template import FORM, Entry, Part
from vocabulary.labels import labels

TICKED, EMPTY = "\u2612", "\u2610"
# Longer lists are not printed: the names of countries are known.
MOST_CHOICES = 60
# How many empty rows and steps an empty form offers.
ROOM = 3


@dataclass(frozen=True)
class Setting:
    """In which language the form speaks, where the site is, and what the file continues."""

    language: str
    site_url: str = ""
    reference: str = ""


def write(fields: PracticeFields, setting: Setting, *, blank: bool = False) -> bytes:
    """Return the Word file of a practice; `blank` leaves room for what is to be written."""
    with translation.override(setting.language):
        return _Writer(fields, setting, blank).file()


class _Writer:
    def __init__(self, fields: PracticeFields, setting: Setting, blank: bool) -> None:
        self.fields, self.setting = fields, setting
        self.room = ROOM if blank else 1
        title = fields.title or str(wording.TITLE)
        self.document = Document(setting.language, title, self._address)
        self.ways: dict[str, Callable[[Any, Entry], Prose]] = {
            "line": lambda value, _entry: from_text(value),
            "lines": _lines,
            "prose": lambda value, _entry: value,
            "year": lambda value, _entry: from_text(str(value or "")),
            "day": lambda value, _entry: from_text(value.isoformat() if value else ""),
            "institution": lambda value, _entry: from_text(value.name if value else ""),
            "terms": self._terms,
            "pages": _pages,
            "tick": lambda value, entry: _choices([(value, capfirst(str(entry.label)))]),
            "voice": lambda value, _entry: _choices(
                [(value == code, str(text)) for code, text in PracticePage.Voice.choices]
            ),
        }

    def file(self) -> bytes:
        document = self.document
        document.title(str(wording.TITLE))
        for text in wording.INTRO:
            document.help(str(text))
        document.help(f"{wording.REFERENCE} {self.setting.reference}")
        for number, part in enumerate(FORM, start=1):
            self._part(number, part)
        return document.bytes()

    def _part(self, number: int, part: Part) -> None:
        single = part.entries[0] if len(part.entries) == 1 else None
        heading = f"{number}. {capfirst(str(part.label))}"
        self.document.heading(heading, 1, field=single.name if single else "")
        if part.facts:
            self._facts(part)
        elif single:
            self._single(single)
        else:
            for entry in part.entries:
                self.document.heading(capfirst(str(entry.label)), 2, field=entry.name)
                self._help(entry)
                self.document.prose(self._prose(entry), room=True)
        for grid in self.fields.tables:
            if grid.section == part.key:
                self._grid(grid)

    def _help(self, entry: Entry) -> None:
        if str(entry.help):
            self.document.help(str(entry.help))

    def _prose(self, entry: Entry) -> Prose:
        return self.ways[entry.kind](getattr(self.fields, entry.name), entry)

    def _facts(self, part: Part) -> None:
        rows = []
        for entry in part.entries:
            label = Cell(capfirst(str(entry.label)), field=entry.name, help=str(entry.help))
            rows.append([label, Cell(prose=self._prose(entry))])
        self.document.table(rows, header="column", widths=(1, 2))

    def _single(self, entry: Entry) -> None:
        value = getattr(self.fields, entry.name)
        self._help(entry)
        if entry.kind == "prose":
            self.document.prose(value, room=True)
        elif entry.kind == "parts":
            self._items(entry, value)
        else:
            rows: dict[str, Callable[[Any], list[Cell]]] = {
                "roles": _role_row,
                "evidence": self._evidence_row,
                "sources": _source_row,
            }
            self._rows(entry, [rows[entry.kind](row) for row in value])

    def _items(self, entry: Entry, items: Sequence[Item]) -> None:
        room = max(self.room - len(items), 0)
        for number, item in enumerate([*items, *[Item()] * room], start=1):
            heading = f"{wording.ITEMS[entry.name]} {number}: {item.title}".rstrip(" ")
            self.document.heading(heading, 2, field=_ITEM_MARKS[entry.name])
            self.document.prose(item.text, room=True)

    def _rows(self, entry: Entry, rows: list[list[Cell]]) -> None:
        names = wording.COLUMNS[entry.name].values()
        head = [Cell(str(name)) for name in names]
        empty = [[Cell() for _name in names] for _row in range(max(self.room - len(rows), 0))]
        self.document.table([head, *rows, *empty], header="row")

    def _evidence_row(self, evidence: Evidence) -> list[Cell]:
        address = self._address(evidence.file.url) if evidence.file else evidence.url
        link = (Piece((Run(address, href=address),)),) if address else ()
        return [Cell(evidence.title), Cell(prose=link), Cell(evidence.note)]

    def _grid(self, grid: Grid) -> None:
        self.document.caption(grid.caption)
        rows = [[Cell(text) for text in row] for row in grid.rows]
        self.document.table(rows, header=grid.header, mark=True)

    def _terms(self, codes: Sequence[str], entry: Entry) -> Prose:
        known = labels(entry.terms, self.setting.language)
        chosen = [known.get(code, code) for code in codes]
        if len(known) > MOST_CHOICES:
            return from_text("\n".join(chosen))
        others = [text for code, text in known.items() if code not in codes]
        return _choices([*((True, text) for text in chosen), *((False, text) for text in others)])

    def _address(self, href: str) -> str:
        """Return the address on the web of a link, be it to something on this site."""
        kind, _colon, number = href.partition(":")
        places = {"page": f"/p/{number}/", "document": f"/documents/{number}/file/"}
        return urljoin(self.setting.site_url, places.get(kind, href))


_ITEM_MARKS = {"steps": "step", "building_blocks": "building_block"}


def _lines(value: str, _entry: Entry) -> Prose:
    """Return plain text in paragraphs; those between that are empty are kept."""
    return tuple(Piece((Run(text),)) for text in value.split("\n")) if value else ()


def _pages(targets: Sequence[Named], _entry: Entry) -> Prose:
    return tuple(Piece((Run(each.name, href=each.url),)) for each in targets)


def _choices(choices: Sequence[tuple[bool, str]]) -> Prose:
    return tuple(Piece((Run(f"{TICKED if on else EMPTY} {text}"),)) for on, text in choices)


def _role_row(role: Role) -> list[Cell]:
    values = (role.body, role.role, role.shares, role.shares_with, role.legal_basis)
    return [Cell(value) for value in values]


def _source_row(source: Source) -> list[Cell]:
    page = "" if source.page is None else str(source.page)
    return [Cell(source.document.name), Cell(source.place), Cell(page)]


def empty_form(setting: Setting) -> bytes:
    """Return the template, with room for what is to be written."""
    # No voice is ticked: whoever writes decides in whose name.
    return write(PracticeFields(voice=""), setting, blank=True)


def file_name(fields: PracticeFields, slug: str) -> str:
    """Return the name under which a practice is downloaded."""
    return f"{slug or _('practice')}.docx"
