"""The text of a Word file in its order: headings, paragraphs, lists, tables, footnotes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from core.confined.errors import UnreadableError
from library.extraction.lines import clean, unmarked
from library.extraction.result import Reading, ReadSection

LONGEST_HEADING = 110
MOST_HEADING_WORDS = 12
# A paragraph at least this long is running text, not a caption or a list item.
RUNNING_TEXT = 120
TITLE = 0
# Never part of what a reader sees: deleted text, field codes, the older copy of a drawing.
UNSEEN = {qn("w:del"), qn("w:instrText"), qn("w:moveFrom")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}
FOOTNOTES = re.compile(r"/word/(?:footnotes|endnotes)\.xml$")


@dataclass
class Block:
    """A paragraph or a table row; `depth` 0 is the title, 1.. a heading, None plain text."""

    text: str
    depth: int | None = None
    bold: bool = False
    plain: bool = True


def read(path: Path) -> Reading:
    """Every word of the file, in sections without pages: Word files have none until printed."""
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise UnreadableError("damaged", f"{type(error).__name__}: {error}"[:300]) from error
    notes = _footnotes(document.part.package)
    blocks = [block for block in _blocks(document, notes) if block.text]
    _find_headings(blocks)
    stated = clean(document.core_properties.title or "")
    title = stated or next((block.text for block in blocks if block.depth == TITLE), "")
    return Reading(sections=tuple(_sections(blocks, title)), title=title)


def _blocks(document: Any, notes: dict[str, str]) -> Iterator[Block]:
    depths = _heading_styles(document)
    for element in _children(document.element.body, qn("w:p"), qn("w:tbl")):
        if element.tag == qn("w:tbl"):
            yield from _rows(element)
        else:
            yield _paragraph(element, depths)
            for reference in element.iter(qn("w:footnoteReference"), qn("w:endnoteReference")):
                yield Block(notes.get(_note_key(reference), ""), plain=False)


def _children(parent: Any, *tags: str) -> Iterator[Any]:
    """Children with these tags in order, also those inside content controls and insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from _children(child, *tags)


def _paragraph(element: Any, depths: dict[str, int]) -> Block:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = style.get(qn("w:val")) if style is not None else ""
    outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    depth = depths.get(name)
    if depth is None and outline is not None and outline.get(qn("w:val"), "9") < "9":
        depth = int(outline.get(qn("w:val"))) + 1
    listed = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None or "List" in name
    return Block(unmarked(clean(_text(element))), depth, _is_bold(element), plain=not listed)


def _text(element: Any) -> str:
    """The visible text below an element; breaks and tabs become spaces."""
    if element.tag in UNSEEN:
        return ""
    if element.tag == qn("w:t"):
        return element.text or ""
    if element.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")):
        return " "
    if element.tag == qn("w:noBreakHyphen"):
        return "-"
    inner = "".join(_text(child) for child in element if isinstance(child.tag, str))
    # A text box holds paragraphs of its own.
    return f"{inner} " if element.tag == qn("w:p") else inner


def _rows(table: Any) -> Iterator[Block]:
    """A table row by row, its cells parted by a bar; a table in a cell is part of the cell."""
    for row in _children(table, qn("w:tr")):
        cells = [clean(_text(cell)) for cell in _children(row, qn("w:tc"))]
        yield Block(" | ".join(cell for cell in cells if cell), plain=False)


def _is_bold(element: Any) -> bool:
    """Every run that shows text is set in bold."""
    runs = [run for run in element.iter(qn("w:r")) if clean(_text(run))]
    return bool(runs) and all(_has_bold(run) for run in runs)


def _has_bold(run: Any) -> bool:
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return bold is not None and bold.get(qn("w:val"), "1") not in ("0", "false", "off")


def _heading_styles(document: Any) -> dict[str, int]:
    """Style id -> depth, also for styles that are based on a heading style."""
    depths: dict[str, int] = {}
    for style in document.styles:
        ancestor = style
        for _generation in range(10):  # a damaged file may hold a circle of styles
            depth = _style_depth(ancestor)
            if depth is not None:
                depths[style.style_id] = depth
                break
            ancestor = getattr(ancestor, "base_style", None)
            if ancestor is None:
                break
    return depths


def _style_depth(style: Any) -> int | None:
    name = (style.name or "").casefold()
    if name == "title":
        return TITLE
    match = re.fullmatch(r"heading (\d)", name)
    if match:
        return int(match[1])
    level = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    number = level.get(qn("w:val"), "9") if level is not None else "9"
    return int(number) + 1 if number.isdigit() and number < "9" else None


def _find_headings(blocks: list[Block]) -> None:
    """Give depths where the author used no heading styles: bold short lines, else short ones."""
    if any(block.depth for block in blocks):
        return
    short = [(block, following) for block, following in pairwise(blocks) if _is_short_line(block)]
    bold = [block for block, following in short if block.bold and not following.bold]
    for block in bold or [block for block, following in short if _is_running_text(following)]:
        block.depth = 1


def _is_short_line(block: Block) -> bool:
    """Short, begun like a sentence and not ended like one."""
    text = block.text
    short = len(text) <= LONGEST_HEADING and len(text.split()) <= MOST_HEADING_WORDS
    unended = not text.endswith((".", ",", ";", ":", "!", "?", "\u201d", '"'))
    begins = text[:1].isupper() or text[:1].isdigit() or not text[:1].isascii()
    return block.depth is None and block.plain and short and unended and begins


def _is_running_text(block: Block) -> bool:
    return len(block.text) >= RUNNING_TEXT or block.text.endswith((".", ":"))


def _sections(blocks: Iterable[Block], title: str) -> Iterator[ReadSection]:
    path: tuple[Block, ...] = ()
    texts: list[str] = []
    waiting = False  # a heading that has no text of its own yet
    for block in blocks:
        if block.depth is None:
            texts.append(block.text)
            waiting = False
            continue
        if texts:
            yield _section(path, texts)
            texts = []
        elif waiting and (path[-1].depth or 0) >= block.depth:
            yield _section(path, [path[-1].text])
        path = (*(kept for kept in path if (kept.depth or 0) < block.depth), block)
        waiting = block.text != title
    if texts or waiting:
        yield _section(path, texts or [path[-1].text])


def _section(path: Iterable[Block], texts: Iterable[str]) -> ReadSection:
    return ReadSection(tuple(block.text for block in path if block.depth), "\n\n".join(texts))


def _footnotes(package: Any) -> dict[str, str]:
    """Kind and number of each note -> its text."""
    notes: dict[str, str] = {}
    for part in package.iter_parts():
        if not FOOTNOTES.search(str(part.partname)):
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for note in etree.fromstring(part.blob, parser):
            if isinstance(note.tag, str) and note.get(qn("w:type")) is None:
                notes[_note_key(note)] = clean(_text(note))
    return notes


def _note_key(element: Any) -> str:
    kind = "endnote" if "endnote" in element.tag else "footnote"
    return f"{kind} {element.get(qn('w:id'))}"
