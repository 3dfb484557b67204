"""The columns of the table of practices, and how a row becomes fields."""

import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.visibility import EVERYBODY
from practices.importing.cells import TERMS, WAYS, CellError, unguarded, write_cell
from practices.importing.cells import read_rows as rows_in
from practices.importing.cells import write_rows as in_rows
from practices.word import values
from practices.word.fields import Evidence, Named, PracticeFields, Source
from practices.word.names import Names
from practices.word.template import ENTRIES
from practices.word.visible import only_visible

KEYS = ("external_id", "language")
FIELDS = tuple(name for name in PracticeFields.__dataclass_fields__)
COLUMNS = (*KEYS, *FIELDS)
# Told by an export, and not read by an import: where the row comes from.
PROVENANCE = ("address", "first_published", "last_published", "exported", "exported_from")
PAGES = ("indicators", "guidance")
# A row that begins so is a remark, as the row of help in the template.
REMARK = "#"

HELP: dict[str, str | Promise] = {
    "external_id": gettext_lazy("A name of your own for the row that never changes."),
    "language": gettext_lazy("en, es, fr or ar"),
    "institutions": gettext_lazy("A line each: body | its part | shares | with whom | legal basis"),
    "steps": gettext_lazy("Each below a line with # and its title."),
    "building_blocks": gettext_lazy("Each below a line with # and its title."),
    "evidence": gettext_lazy("A line each: title | address"),
    "sources": gettext_lazy("A line each: title of the document | place | page"),
    "tables": gettext_lazy("Leave empty; filled by an export."),
}


@dataclass(frozen=True)
class CellProblem:
    """What is wrong in one cell."""

    column: str
    text: str


@dataclass
class Row:
    """A row: its keys, its cells by column, its number in the file."""

    number: int
    cells: dict[str, str]
    problems: list[CellProblem] = field(default_factory=list)

    @property
    def external_id(self) -> str:
        """The name of the row in the file, and of its practice here."""
        return self.cells.get("external_id", "").strip()

    @property
    def language(self) -> str:
        """The code of the language it is written in."""
        return self.cells.get("language", "").strip().lower() or "en"


def rows_of(table: list[list[str]], *, quoted: bool) -> tuple[list[Row], list[str]]:
    """Return the rows below the headings, and the columns that are not known."""
    head = [_column(cell) for cell in table[0]] if table else []
    found = []
    for number, cells in enumerate(table[1:], start=2):
        named = {
            name: unguarded(cell) if quoted else cell
            for name, cell in zip(head, cells, strict=False)
            if name in COLUMNS
        }
        if any(cell.strip() for cell in cells) and not named.get("external_id", "").startswith(
            REMARK
        ):
            found.append(Row(number, named))
    unknown = [cell for cell, name in zip(table[0], head, strict=True) if name not in (*COLUMNS, *PROVENANCE) and cell.strip()] if table else []  # noqa: E501  # fmt: skip
    return found, unknown


def _column(heading: str) -> str:
    return unguarded(heading).strip().lower().replace(" ", "_").replace("-", "_")


def help_of(column: str) -> str:
    """Return what to write into a column."""
    entry = ENTRIES.get(column)
    told = str(HELP.get(column) or (entry.help if entry else ""))
    if column in TERMS:
        told = _("Labels or codes, parted by semicolons.")
    return f"{capfirst(str(entry.label))}: {told}" if entry else told


# --- Fields to cells
def cells_of(fields: PracticeFields) -> dict[str, str]:
    """Return the fields of a practice as cells."""
    found = {}
    for name in FIELDS:
        if name == "lead_institution":
            found[name] = fields.lead_institution.name if fields.lead_institution else ""
        elif name in PAGES:
            found[name] = in_rows([[each.name, each.url] for each in getattr(fields, name)])
        elif name == "sources":
            found[name] = in_rows([[row.document.name, row.place, str(row.page or "")] for row in fields.sources])  # noqa: E501  # fmt: skip
        else:
            found[name] = write_cell(fields, name)
    return found


# --- Cells to fields
def fields_in(row: Row, names: Names, kept: PracticeFields) -> tuple[PracticeFields, list[str]]:
    """Return the fields of a row, and which it has; what is wrong is told in `row.problems`.

    `kept` are the fields of the practice as it stands: what tables do not show stays.
    """
    found: dict[str, Any] = {}
    for name, text in row.cells.items():
        if name in KEYS:
            continue
        try:
            found[name] = _read(row, name, text, names, kept)
        except (CellError, TypeError, KeyError, ValueError) as error:
            shown = str(error)[:100] if isinstance(error, CellError) else text[:100]
            row.problems.append(CellProblem(name, _("This cannot be read: “%(text)s”.") % {"text": shown}))  # noqa: E501  # fmt: skip
    most = {name: entry for name, entry in ENTRIES.items() if entry.kind in ("line", "lines")}
    for name in most.keys() & found.keys():
        _check_length(row, name, found[name])
    return replace(PracticeFields(), **found), list(found)


def _check_length(row: Row, name: str, text: str) -> None:
    from practices.models import PracticePage

    most = PracticePage._meta.get_field(name).max_length
    if most is not None and len(text) > most:
        told = _("This is too long: %(count)s characters, and %(most)s fit.")
        row.problems.append(CellProblem(name, told % {"count": len(text), "most": most}))


def _read(row: Row, name: str, text: str, names: Names, kept: PracticeFields) -> Any:
    if name in TERMS:
        return _terms(row, name, text, names)
    if name == "lead_institution":
        body = names.institution(text.strip()) if text.strip() else None
        if text.strip() and body is None:
            raise CellError(text)
        return body
    if name in PAGES:
        return _pages(name, text, names, kept)
    if name == "sources":
        return _sources(text, names)
    if name == "evidence":
        return _evidence(WAYS[name][1](text), kept)
    return WAYS[name][1](text)


def _terms(row: Row, name: str, text: str, names: Names) -> tuple[str, ...]:
    codes = []
    for part in (each.strip() for each in text.replace("\u061b", ";").replace("\n", ";").split(";")):  # noqa: E501  # fmt: skip
        code = names.term(TERMS[name], part) if part else ""
        if code:
            codes.append(code)
        elif part:
            told = _("“%(text)s” is not in this list.") % {"text": part[:100]}
            row.problems.append(CellProblem(name, told))
    return tuple(dict.fromkeys(codes))


def _pages(name: str, text: str, names: Names, kept: PracticeFields) -> tuple[Named, ...]:
    found = []
    for title, address in rows_in(text, 2):
        page = names.page(name, title, address) or names.page(name, title, "")
        if page is None:
            raise CellError(title)
        found.append(page)
    open_to_all = getattr(only_visible(kept, EVERYBODY), name)
    hidden = [each for each in getattr(kept, name) if each not in open_to_all]
    return tuple(dict.fromkeys([*found, *hidden]))


def _sources(text: str, names: Names) -> tuple[Source, ...]:
    found = []
    for title, place, page in rows_in(text, 3):
        document, number = names.document(title), values.number(page)
        if document is None or (page and number is None):
            raise CellError(title if document is None else page)
        found.append(Source(document, place[:255], number))
    return tuple(found)


def _evidence(links: tuple[Evidence, ...], kept: PracticeFields) -> tuple[Evidence, ...]:
    """Return web pages with the files that are evidence already, which no table holds."""
    if links == tuple(each for each in kept.evidence if each.file is None):
        return kept.evidence
    return (*(each for each in kept.evidence if each.file), *links)


def as_uuid(external_id: str) -> uuid.UUID | None:
    """Return the work that an export without a name of its own calls `px-<uuid>`."""
    try:
        return uuid.UUID(external_id.removeprefix("px-")) if external_id[:3] == "px-" else None
    except ValueError:
        return None
