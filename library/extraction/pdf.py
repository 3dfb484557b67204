"""The text of a PDF by page, with its headings (pypdf: the only reader here that keeps Arabic
in logical order)."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from core.confined.errors import UnreadableError
from core.confined.limits import Limits
from library.extraction import headings
from library.extraction.headings import Bookmark, Mark
from library.extraction.lines import (
    Hyphens,
    Line,
    Paragraph,
    clean,
    paragraphs,
    without_running_heads,
)
from library.extraction.result import Reading, ReadSection

MOST_BOOKMARKS = 2_000
DEEPEST = 6
# How far into the next page the end of a broken sentence is looked for, in characters.
LONGEST_TAIL = 600
# Titles that programs write when the author gave none.
NO_TITLE = re.compile(
    r"^(untitled|microsoft word\b|document\d*$|.*\.(docx?|pdf|indd|html?)$)", re.I
)


RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True)
class _Piece:
    """Words as pypdf hands them over: size in points, y from the bottom, left from the left."""

    text: str
    size: float
    bold: bool
    y: float
    left: float


def read(path: Path, limits: Limits) -> Reading:
    """Every word of the PDF, in sections; raises UnreadableError or whatever pypdf raises."""
    reader = PdfReader(path)
    _unlock(reader)
    page_count = len(reader.pages)
    if page_count > limits.pages:
        raise UnreadableError("too_long", f"{page_count} pages")
    pages = without_running_heads(
        [_lines(page, number) for number, page in enumerate(reader.pages, start=1)]
    )
    hyphens = Hyphens(line for page in pages for line in page)
    found = [paragraph for page in pages for paragraph in paragraphs(page, hyphens)]
    stated = _stated_title(reader)
    found, marks = _headed(found, _bookmarks(reader), stated)
    printed_title = next((mark.text for mark in marks.values() if mark.depth == 0), "")
    title = stated or printed_title
    return Reading(
        sections=tuple(_sections(_mended(found, marks, hyphens), marks, title)),
        title=title,
        page_count=page_count,
    )


def _unlock(reader: PdfReader) -> None:
    """Open a PDF that is only protected against printing; raise for one with a password."""
    if not reader.is_encrypted:
        return
    try:
        opened = reader.decrypt("")
    except (DependencyError, NotImplementedError, FileNotDecryptedError) as error:
        raise UnreadableError("encrypted", str(error)) from error
    if not opened:
        raise UnreadableError("encrypted")


def _lines(page: Any, number: int) -> list[Line]:
    """The lines of a page in pypdf's order, with the look of the first words of each."""
    lines: list[list[_Piece]] = [[]]

    def take(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        scale = math.sqrt(abs(tm[0] * tm[3] - tm[1] * tm[2]))
        scale *= math.sqrt(abs(cm[0] * cm[3] - cm[1] * cm[2]))
        left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        first, *others = text.split("\n")
        lines[-1].append(_Piece(first, size * scale, _is_bold(font), y, left))
        lines.extend([_Piece(part, size * scale, _is_bold(font), y, left)] for part in others)

    page.extract_text(visitor_text=take)
    return [line for pieces in lines for line in _line(pieces, number)]


def _line(pieces: Sequence[_Piece], number: int) -> Iterator[Line]:
    """The pieces of one line put together; nothing for an empty line."""
    shown = [piece for piece in pieces if piece.text.strip()]
    if not shown:
        return
    text = "".join(piece.text for piece in pieces)
    if len(shown) > 1 and len(RIGHT_TO_LEFT.findall(text)) * 2 > len(re.findall(r"[^\W\d_]", text)):
        # Pieces are drawn from the left, while each one reads from the right.
        from_left = shown[0].left <= shown[-1].left
        text = " ".join(piece.text for piece in (reversed(shown) if from_left else shown))
    if text := clean(text):
        look = shown[0]
        yield Line(text, number, look.size, look.bold, look.y, look.left)


def _is_bold(font: Any) -> bool:
    name = str(font.get("/BaseFont", "")) if font else ""
    return bool(re.search(r"bold|black|heavy|semibold|demi", name, re.I))


def _bookmarks(reader: PdfReader) -> list[Bookmark]:
    """The file's outline, flattened; [] where it is broken, circular or absurdly long."""
    found: list[Bookmark] = []

    def walk(entries: Sequence[Any], depth: int) -> None:
        for entry in entries:
            if len(found) >= MOST_BOOKMARKS:
                return
            if isinstance(entry, list):
                walk(entry, depth + 1)
                continue
            page = reader.get_destination_page_number(entry)
            if page is not None and depth <= DEEPEST and entry.title:
                found.append(Bookmark(depth, clean(str(entry.title)), page + 1))

    try:
        walk(reader.outline, 1)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken outline must not cost the text
        return []
    return found


def _headed(
    found: list[Paragraph], bookmarks: Sequence[Bookmark], stated: str
) -> tuple[list[Paragraph], dict[int, Mark]]:
    """The paragraphs (parted at hidden headings) and which of them are headings."""
    if marks := headings.mark_by_bookmarks(found, bookmarks):
        return found, headings.with_title(marks, stated)
    parted = [part for paragraph in found for part in headings.split_capitals(paragraph)]
    return parted, headings.with_title(headings.mark_by_looks(parted), stated)


def _mended(found: list[Paragraph], marks: dict[int, Mark], hyphens: Hyphens) -> list[Paragraph]:
    """Sentences that run over a page end are kept whole on the page where they begin."""
    mended = list(found)
    for index in range(1, len(mended)):
        above, below = mended[index - 1], mended[index]
        if index in marks or index - 1 in marks or above.page == below.page:
            continue
        if above.text.endswith((".", "!", "?", ":", "؟")) or not below.text[:1].islower():
            continue
        end = re.search(r"[.!?؟](?=\s+\S)", below.text[:LONGEST_TAIL])
        cut = end.end() if end else len(below.text)
        if cut > LONGEST_TAIL:
            continue
        whole = hyphens.join(above.text, below.text[:cut])
        mended[index - 1] = Paragraph(whole, above.page, above.size, above.bold)
        mended[index] = Paragraph(below.text[cut:].strip(), below.page, below.size, below.bold)
    return mended


def _sections(
    found: Sequence[Paragraph], marks: dict[int, Mark], title: str
) -> Iterator[ReadSection]:
    """The paragraphs gathered under each heading, parted at page ends; no heading is lost."""
    path: tuple[Mark, ...] = ()
    texts: list[str] = []
    page = found[0].page if found else 1
    waiting = False  # a heading that has no text of its own yet
    for index, paragraph in enumerate(found):
        mark = marks.get(index)
        if texts and (mark is not None or paragraph.page != page):
            yield _section(path, texts, page)
            texts = []
        if mark is not None:
            if waiting and path[-1].depth >= mark.depth:
                yield _section(path, [path[-1].text], page)
            path = (*(kept for kept in path if kept.depth < mark.depth), mark)
            # The title is shown with every hit; as text it would only be found twice.
            waiting = mark.text != title
            page = paragraph.page
        elif paragraph.text and (path or paragraph.text != title):
            page = page if texts else paragraph.page
            texts.append(paragraph.text)
            waiting = False
    if texts or waiting:
        yield _section(path, texts or [path[-1].text], page)


def _section(path: Sequence[Mark], texts: Sequence[str], page: int) -> ReadSection:
    heading = tuple(mark.text for mark in path if mark.depth > 0)
    return ReadSection(heading, "\n\n".join(texts), page)


def _stated_title(reader: PdfReader) -> str:
    metadata = reader.metadata
    title = clean(str(metadata.title)) if metadata and metadata.title else ""
    return "" if NO_TITLE.match(title) else title
