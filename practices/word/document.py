"""A Word document in the making: headings, help, text, tables; either direction of writing."""

import datetime
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, RGBColor

from practices.word.directions import is_right_to_left, stretches
from practices.word.lists import Lists
from practices.word.looks import ACCENT, HELP, WIDTH, dress, shape
from practices.word.marks import bookmark_of, tag_of
from practices.word.prose import Piece, Prose, Run, writable

# The moment that every file claims to have been made: the same practice makes the same bytes,
# and nobody learns who wrote when.
MOMENT = datetime.datetime(2020, 1, 1)
RIGHT_TO_LEFT = {"ar"}
# Parts of the empty document that python-docx brings along and nobody needs.
NEEDLESS = ("/thumbnail", "/customXml", "/stylesWithEffects")


@dataclass(frozen=True)
class Cell:
    """A cell: plain words, or running text; `field` is what its row or entry is marked as."""

    text: str = ""
    prose: Prose = ()
    field: str = ""
    help: str = ""


class Document:
    """Gathers what is written; `address` turns a link of the site into one of the web."""

    def __init__(self, language: str, title: str, address: Callable[[str], str]) -> None:
        self.docx = docx.Document()
        self.rtl, self.address = language in RIGHT_TO_LEFT, address
        self.lists = Lists(self.docx)
        self.marks = 0
        properties = self.docx.core_properties
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.title, properties.language = writable(title)[:255], language
        properties.created = properties.modified = MOMENT
        self._drop_needless_parts()
        dress(self.docx, language, rtl=self.rtl)
        self.style_ids = {style.name: style.style_id for style in self.docx.styles}

    # --- What may stand in it
    def title(self, text: str) -> None:
        """Write the name of the document."""
        self._runs(self._paragraph("Title"), (Run(text),))

    def heading(self, text: str, level: int, field: str = "") -> None:
        """Write a heading; what follows belongs to its field."""
        paragraph = self._paragraph(f"Heading {level}")
        self._marked(paragraph, text, field)

    def help(self, text: str) -> None:
        """Write a line of help, which is never read as an entry."""
        self._runs(self._paragraph(HELP), (Run(text),))

    def caption(self, text: str) -> None:
        """Write the caption of the table that follows; nothing for an empty one."""
        if text:
            self._runs(self._paragraph("Caption"), (Run(text),))

    def prose(self, prose: Prose, *, room: bool = False) -> None:
        """Write running text; with `room`, an empty paragraph to begin in where there is none."""
        self._pieces(prose, self._paragraph)
        if room and not prose:
            self._paragraph("Normal")

    def table(
        self,
        rows: Sequence[Sequence[Cell]],
        *,
        header: str = "neither",
        widths: Sequence[int] = (),
        mark: bool = False,
    ) -> None:
        """Write a table; `mark` says that it is one of the practice's own, with this header."""
        columns = max(map(len, rows), default=0)
        if not columns:
            return
        table = self.docx.add_table(rows=0, cols=columns, style="Table Grid")
        table.autofit = not widths
        for number, row in enumerate(rows):
            cells = table.add_row().cells
            for place, content in enumerate(row):
                bold = (number == 0 and header in ("row", "both")) or (
                    place == 0 and header in ("column", "both")
                )
                self._cell(cells[place], content, bold)
        self._shape(table, header, widths, columns)
        if mark:
            first = table.rows[0].cells[0].paragraphs[0]._p
            self._bookmark(first, bookmark_of(f"table_{header}", self._next()))
        # Tables that touch would become one.
        self._paragraph("No Spacing")

    def bytes(self) -> bytes:
        """Return the file; equal content gives equal bytes."""
        output = BytesIO()
        self.docx.save(output)
        return _settled(output)

    # --- How it is written
    def _drop_needless_parts(self) -> None:
        for relations in (self.docx.part.package.rels, self.docx.part.rels):
            for name, relation in list(relations.items()):
                if relation.reltype.endswith(NEEDLESS):
                    del relations[name]

    def _paragraph(self, style: str) -> Any:
        return self._styled(self.docx.add_paragraph(), style)

    def _styled(self, paragraph: Any, style: str) -> Any:
        # Not by python-docx's own setter, which goes through all styles each time.
        if style != "Normal":
            paragraph._p.style = self.style_ids[style]
        if self.rtl:
            _turn(paragraph, rtl=True)
        return paragraph

    def _pieces(self, prose: Prose, paragraph: Callable[[str], Any]) -> None:
        before: Piece | None = None
        for piece in prose:
            style = "Heading 4" if piece.heading else "List Paragraph" if piece.level else "Normal"
            written = paragraph(style)
            if piece.level:
                self.lists.number(written, piece, before)
            self._runs(written, piece.runs)
            before = piece

    def _runs(self, paragraph: Any, runs: Sequence[Run], *, bold: bool = False) -> None:
        """Write words; they run their own way, whatever the language of the form."""
        rtl = is_right_to_left("".join(run.text for run in runs), self.rtl)
        if rtl != self.rtl:
            _turn(paragraph, rtl=rtl)
        for run in runs:
            link = self._link(paragraph, self.address(run.href)) if run.href else None
            for text, leftwards in stretches(writable(run.text), rtl):
                added = paragraph.add_run(text)
                if run.bold or bold:
                    added.bold = added.font.cs_bold = True
                if run.italic:
                    added.italic = added.font.cs_italic = True
                if leftwards:
                    added.font.rtl = True
                if link is not None:
                    added.font.underline = True
                    added.font.color.rgb = RGBColor.from_string(ACCENT)
                    link.append(added._r)

    def _link(self, paragraph: Any, address: str) -> Any:
        link = OxmlElement("w:hyperlink")
        target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), target)
        paragraph._p.append(link)
        return link

    def _marked(self, paragraph: Any, text: str, field: str, *, bold: bool = False) -> None:
        """Write a label; of a field, inside a content control and behind a bookmark."""
        self._runs(paragraph, (Run(text),), bold=bold)
        if not field:
            return
        number = self._next()
        control = _control(tag_of(field), text, number)
        runs = [child for child in paragraph._p if child.tag == qn("w:r")]
        runs[0].addprevious(control)
        content = control.find(qn("w:sdtContent"))
        for run in runs:
            content.append(run)
        self._bookmark(paragraph._p, bookmark_of(field, number))

    def _bookmark(self, paragraph: Any, name: str) -> None:
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self.marks))
        start.set(qn("w:name"), name)
        properties = paragraph.find(qn("w:pPr"))
        place = 0 if properties is None else 1
        paragraph.insert(place, start)
        paragraph.append(end)

    def _next(self) -> int:
        self.marks += 1
        return self.marks

    def _cell(self, cell: Any, content: Cell, bold: bool) -> None:
        first = [cell.paragraphs[0]]

        def paragraph(style: str) -> Any:
            if first:
                return self._styled(first.pop(), style)
            return self._styled(cell.add_paragraph(), style)

        if content.prose:
            self._pieces(content.prose, paragraph)
        for part in content.text.split("\n") if content.text else []:
            self._marked(paragraph("Normal"), part, content.field, bold=bold)
        if content.help:
            self._runs(paragraph(HELP), (Run(content.help),))
        if first:
            paragraph("Normal")

    def _shape(self, table: Any, header: str, widths: Sequence[int], columns: int) -> None:
        properties = table._tbl.tblPr
        if self.rtl:
            properties.insert_element_before(OxmlElement("w:bidiVisual"), *_AFTER_BIDI_VISUAL)
        if header in ("row", "both"):
            repeated = OxmlElement("w:tblHeader")
            table.rows[0]._tr.get_or_add_trPr().append(repeated)
        shares = widths or [1] * columns
        shape(table, [Length(int(WIDTH * share / sum(shares))) for share in shares])


def _turn(paragraph: Any, *, rtl: bool) -> None:
    """Let a paragraph run from right to left, or from left to right."""
    properties = paragraph._p.get_or_add_pPr()
    for turned in properties.findall(qn("w:bidi")):
        properties.remove(turned)
    if rtl:
        properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def _named(names: str) -> tuple[str, ...]:
    return tuple(f"w:{name}" for name in names.split())


# The elements that must stand behind these (ECMA-376, sections 17.3.1.26 and 17.4.59).
_AFTER_BIDI = _named(
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId "
    "cnfStyle rPr sectPr pPrChange"
)
_AFTER_BIDI_VISUAL = _named(
    "tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd "
    "tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
)


def _control(tag: str, label: str, number: int) -> Any:
    """Return a content control that people can write in but not delete."""
    control, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    for name, value in (
        ("alias", label[:60]),
        ("tag", tag),
        ("id", str(7_000_000 + number)),
        ("lock", "sdtLocked"),
    ):
        child = OxmlElement(f"w:{name}")
        child.set(qn("w:val"), value)
        properties.append(child)
    control.append(properties)
    control.append(OxmlElement("w:sdtContent"))
    return control


def _settled(package: BytesIO) -> bytes:
    """The same package with one fixed moment on every entry."""
    output = BytesIO()
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(output, "w") as target:
        entries = sorted(source.infolist(), key=lambda e: e.filename != "[Content_Types].xml")
        for entry in entries:
            settled = zipfile.ZipInfo(entry.filename, date_time=MOMENT.timetuple()[:6])
            target.writestr(settled, source.read(entry), zipfile.ZIP_DEFLATED)
    return output.getvalue()
