"""Markdown to Word with python-docx: real heading and list styles, so that it can be filled in."""

import datetime
import zipfile
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from library.making.markup import Block, Run, blocks, highest_heading, plain, without_title

# The moment that every file claims to have been made: the same input makes the same bytes.
MOMENT = datetime.datetime(2020, 1, 1)
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
DEEPEST_LIST = 3


def markdown_to_docx(markdown: str, title: str, language: str = "en") -> bytes:
    """A Word file of the text below its title, in any language; equal input, equal bytes."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.language = title, language
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = MOMENT
    _set_language(document, language)
    document.add_paragraph(title, style="Title")
    content = without_title(blocks(markdown), title)
    highest = highest_heading(content)
    for block in content:
        _add(document, block, highest)
    if language in RIGHT_TO_LEFT:
        for paragraph in document.paragraphs:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    output = BytesIO()
    document.save(output)
    return _settled(output)


def _add(document: Any, block: Block, highest: int) -> None:
    if block.kind == "table":
        _add_table(document, block)
        return
    if block.kind == "heading":
        document.add_heading(plain(block.runs), level=min(block.level - highest + 1, 9))
        return
    paragraph = document.add_paragraph(style=_style(block))
    for run in block.runs:
        _add_run(paragraph, run)


def _style(block: Block) -> str:
    if block.kind == "item":
        name = "List Number" if block.number else "List Bullet"
        level = min(block.level, DEEPEST_LIST)
        return name if level == 1 else f"{name} {level}"
    return {"quote": "Quote", "code": "No Spacing"}.get(block.kind, "Normal")


def _add_run(paragraph: Any, run: Run) -> None:
    added = paragraph.add_run(run.text)
    added.bold, added.italic = run.bold or None, run.italic or None
    if run.code:
        added.font.name = "Courier New"
    if run.href.startswith(("https://", "http://", "mailto:")):
        link = OxmlElement("w:hyperlink")
        target = paragraph.part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), target)
        added.font.underline = True
        added._r.addprevious(link)
        link.append(added._r)


def _add_table(document: Any, block: Block) -> None:
    columns = max(len(row) for row in block.rows)
    table = document.add_table(rows=0, cols=columns, style="Table Grid")
    for number, row in enumerate(block.rows):
        for cell, runs in zip(table.add_row().cells, row, strict=False):
            for run in runs:
                bold = Run(run.text, run.bold or number == 0, run.italic, run.code, run.href)
                _add_run(cell.paragraphs[0], bold)


def _set_language(document: Any, language: str) -> None:
    """Tell Word (and screen readers) the language of the text."""
    properties = document.styles["Normal"].element.get_or_add_rPr()
    mark = OxmlElement("w:lang")
    mark.set(qn("w:bidi" if language in RIGHT_TO_LEFT else "w:val"), language)
    properties.append(mark)


def _settled(package: BytesIO) -> bytes:
    """The same package with one fixed moment on every entry."""
    output = BytesIO()
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(output, "w") as target:
        for entry in sorted(
            source.infolist(), key=lambda entry: entry.filename != "[Content_Types].xml"
        ):
            settled = zipfile.ZipInfo(entry.filename, date_time=MOMENT.timetuple()[:6])
            target.writestr(settled, source.read(entry), zipfile.ZIP_DEFLATED)
    return output.getvalue()
