"""Reads a Word file as an outline: in a process of its own, without Django (`__main__`)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from core.confined.errors import UnreadableError
from practices.word.marks import marks_in, table_mark
from practices.word.outline import Line, Outline, Table
from practices.word.runs import Runs, Styles, visible_text

WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}
BODIES = {qn("w:p"), qn("w:tbl")}
MOST_COLUMNS = 63  # as Word


def read(path: Path) -> Outline:
    """Return what stands in the file; `UnreadableError` when it is no sound Word file."""
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise UnreadableError("damaged", f"{type(error).__name__}: {error}"[:300]) from error
    if document.element.getroottree().docinfo.doctype:
        # No program for writing declares a document type: it is there to smuggle something in.
        raise UnreadableError("mistyped", "a document type is declared")
    return _Reader(document).outline()


class _Reader:
    """Goes through one document."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.styles = Styles(document)
        self.runs = Runs(document, self.styles)
        self.waiting: list[str] = []  # marks between paragraphs belong to the next one

    def outline(self) -> Outline:
        found = Outline(blocks=list(self._blocks(self.document.element.body, [])))
        found.comments = list(self._comments())
        found.inserted, found.deleted = self.runs.inserted, self.runs.deleted
        found.hidden, found.pictures = self.runs.hidden, self.runs.pictures
        found.margins = list(self._margins())
        return found

    def _blocks(self, parent: Any, around: list[str]) -> Iterator[Line | Table]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child, around)
                around = []
            elif child.tag == qn("w:tbl"):
                yield self._table(child, around)
                around = []
            elif child.tag in WRAPPERS:
                yield from self._blocks(child, [*around, *marks_in(child, deep=False)])
            elif child.tag == qn("w:bookmarkStart"):
                self.waiting += marks_in(child)

    def _paragraph(self, element: Any, around: list[str]) -> Iterator[Line]:
        line = self.styles.line_of(element)
        inner = marks_in(element)
        line.marks = list(dict.fromkeys([*self.waiting, *around, *inner]))
        line.labelled = bool(around) or element.find(f".//{qn('w:sdt')}//{qn('w:tag')}") is not None
        self.waiting = []
        line.runs, boxes = self.runs.of(element)
        yield line
        for box in boxes:
            yield from (each for each in self._flat(box))

    def _flat(self, parent: Any) -> Iterator[Line]:
        """Yield the lines below an element; a table in it becomes a line for each row."""
        for block in self._blocks(parent, []):
            if isinstance(block, Line):
                yield block
            else:
                for row in block.rows:
                    cells = [" ".join(line.text for line in cell) for cell in row]
                    yield Line(runs=[[" | ".join(cells), False, False, ""]])

    def _table(self, element: Any, around: list[str]) -> Table:
        mark, header = table_mark(element)
        rows, bold = [], []
        for row in _rows(element):
            cells: list[list[Line]] = []
            for cell in _cells(row):
                lines = [] if _continues(cell) else list(self._flat(cell))
                cells += [lines, *([] for _more in range(_span(cell) - 1))]
            rows.append(cells[:MOST_COLUMNS])
            bold.append([_is_bold(cell) for cell in rows[-1]])
        width = max(map(len, rows), default=0)
        rows = [[*row, *([] for _more in range(width - len(row)))] for row in rows]
        header = header or _guess_header(element, bold)
        return Table(rows=rows, header=header, marks=[*around, *([mark] if mark else [])])

    def _comments(self) -> Iterator[str]:
        for part in self._parts("/word/comments"):
            for comment in part.iter(qn("w:comment")):
                yield visible_text(comment)

    def _margins(self) -> Iterator[str]:
        for name in ("/word/header", "/word/footer"):
            for part in self._parts(name):
                if text := visible_text(part):
                    yield text

    def _parts(self, name: str) -> Iterator[Any]:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for part in self.document.part.package.iter_parts():
            place = str(part.partname)
            if place.startswith(name) and place.endswith(".xml") and "Extended" not in place:
                yield etree.fromstring(part.blob, parser)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == qn("w:tr"):
            yield child
        elif child.tag in WRAPPERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in WRAPPERS:
            yield from _cells(child)


def _span(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = span.get(qn("w:val"), "1") if span is not None else "1"
    return min(int(value), MOST_COLUMNS) if value.isdecimal() else 1


def _continues(cell: Any) -> bool:
    """Whether the cell is the hidden rest of the one above it."""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merged is not None and merged.get(qn("w:val"), "continue") == "continue"


def _is_bold(lines: list[Line]) -> bool | None:
    """Whether all words of a cell are bold; None without any."""
    runs = [run for line in lines for run in line.runs if run[0].strip()]
    return all(run[1] for run in runs) if runs else None


def _guess_header(table: Any, bold: list[list[bool | None]]) -> str:
    """Tell the headings of a table from its looks, where no mark says it."""
    first = next(_rows(table), None)
    repeated = first is not None and first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    across = [cell for row in bold[:1] for cell in row if cell is not None]
    down = [row[0] for row in bold[1:] if row and row[0] is not None]
    row = repeated or (bool(across) and all(across) and len(bold) > 1)
    column = bool(down) and all(down) and any(len(cells) > 1 for cells in bold)
    return {(True, True): "both", (True, False): "row", (False, True): "column"}.get(
        (row, column), "neither"
    )
