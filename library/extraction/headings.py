"""Finds the headings of a PDF: by its bookmarks, else by how its lines look."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from library.extraction.lines import BULLET, Paragraph

LONGEST = 220
LONGEST_BOLD = 110
# How much larger than the body a line must be set to be a heading.
LARGER = 1.12
# A title stands among the first paragraphs.
LATEST_TITLE = 3
# A run of capitals inside a paragraph: a heading that lost its line when the file was made.
CAPITAL_WORD = r"(?:[A-Z][A-Z\u2019'-]*[A-Z]\d?|[AI&]|\d+)"
CAPITAL_RUN = re.compile(
    rf"(?<![\w-])({CAPITAL_WORD}(?:[,:]? {CAPITAL_WORD}){{3,}})"
    r"(?![\w\u2019'-]):?(?: (?=[A-Z•\d])| *$)"
)


@dataclass(frozen=True)
class Mark:
    """A heading: depth 0 is the title of the whole document, 1 a chapter, and so on."""

    depth: int
    text: str


@dataclass(frozen=True)
class Bookmark:
    """One entry of the file's outline; `page` from 1."""

    depth: int
    text: str
    page: int


def mark_by_bookmarks(
    paragraphs: Sequence[Paragraph], bookmarks: Sequence[Bookmark]
) -> dict[int, Mark]:
    """Index of paragraph -> heading, for the bookmarks that stand on their page; {} if few do."""
    marks: dict[int, Mark] = {}
    for bookmark in bookmarks:
        wanted = _letters(bookmark.text)
        for index, paragraph in enumerate(paragraphs):
            if index in marks or abs(paragraph.page - bookmark.page) > 1 or not wanted:
                continue
            if _letters(paragraph.text) == wanted:
                marks[index] = Mark(bookmark.depth, paragraph.text)
                break
    # An outline whose titles are not on its pages belongs to another version of the text.
    return marks if marks and len(marks) * 2 >= len(bookmarks) else {}


def mark_by_looks(paragraphs: Sequence[Paragraph]) -> dict[int, Mark]:
    """Index of paragraph -> heading, by size, then weight, then capitals."""
    body = _body_size(paragraphs)
    ranks: dict[int, tuple[float, int]] = {}
    for index, paragraph in enumerate(paragraphs):
        rank = _rank(paragraph, body)
        if rank is not None:
            ranks[index] = rank
    order = sorted(set(ranks.values()), reverse=True)
    depths = {rank: depth for depth, rank in enumerate(order, start=1)}
    return {index: Mark(depths[rank], paragraphs[index].text) for index, rank in ranks.items()}


def with_title(marks: dict[int, Mark], stated: str) -> dict[int, Mark]:
    """The headings with the first one as the document's title, if it is that.

    It is where the file states this title, or where no other heading is of its rank.
    """
    if not marks:
        return marks
    first = min(marks)
    top = marks[first].depth
    others = [mark.depth for index, mark in marks.items() if index != first]
    alone = bool(others) and min(others) > top and first <= LATEST_TITLE
    if alone or (all(depth > top for depth in others) and _same(marks[first].text, stated)):
        return {index: Mark(mark.depth - top, mark.text) for index, mark in marks.items()}
    if _same(marks[first].text, stated):
        return marks | {first: Mark(0, marks[first].text)}
    return marks


def split_capitals(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph parted at the headings in capitals that run within it."""
    parts: list[Paragraph] = []
    rest = paragraph.text
    while match := _capital_heading(rest):
        before = rest[: match.start()].strip()
        parts += [_like(paragraph, text) for text in (before, match[1]) if text]
        rest = rest[match.end() :].strip()
    return [*parts, *([_like(paragraph, rest)] if rest else [])]


def _capital_heading(text: str) -> re.Match[str] | None:
    for match in CAPITAL_RUN.finditer(text):
        if _is_capitals(match[1]):
            return match
    return None


def _is_capitals(text: str) -> bool:
    """Capitals of a heading, not a list of abbreviations such as `UNICEF, IOM, UNHCR, OECD`."""
    words = re.findall(r"[^\W\d_]+", text)
    listed = text.count(",") * 3 > len(words)
    return len(words) >= 3 and len(text) >= 16 and text.upper() == text and not listed


def _rank(paragraph: Paragraph, body: float) -> tuple[float, int] | None:
    """(size, weight) of a paragraph that looks like a heading, else None."""
    text = paragraph.text
    if len(text) > LONGEST or not re.search(r"[^\W\d_]{2}", text) or BULLET.match(text):
        return None
    if body and paragraph.size >= body * LARGER and not text.endswith((".", ",", ";")):
        return (round(paragraph.size * 2) / 2, int(paragraph.bold))
    short = len(text) <= LONGEST_BOLD and paragraph.lines <= 2
    if short and paragraph.bold and not text.endswith((".", ",", ";", ":")):
        return (body, 1)
    if _is_capitals(text) and not text.endswith((".", ",")):
        return (body, 0)
    return None


def _body_size(paragraphs: Sequence[Paragraph]) -> float:
    """The size (points) in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        sizes[round(paragraph.size, 1)] += len(paragraph.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _same(text: str, other: str) -> bool:
    return _letters(text) == _letters(other) != ""


def _like(paragraph: Paragraph, text: str) -> Paragraph:
    return Paragraph(text, paragraph.page, paragraph.size, paragraph.bold)
