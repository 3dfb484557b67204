"""Lines of a PDF page, and how they become paragraphs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

# A running head stands on more than this share of the pages, in the outermost lines.
REPEATED_SHARE = 0.5
EDGE_LINES = 2
BULLET = re.compile(r"^\s*(?:[•●▪◦‣·\u2013\u2014*»-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S")
PAGE_NUMBER = re.compile(r"(?:page |p\. ?|- ?)?\d{1,4}(?: ?-| ?(?:/|of|de|sur) ?\d{1,4})?", re.I)
# Letters that fonts store as one sign (ligatures) or in their joined Arabic form.
PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufeff]+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\u200b\ufeff]")
# Emphasis of Markdown that was printed as it stood.
STARS = re.compile(r"\*\*+")
EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]{1,1500}?)(?<=\S)\*(?![\w*])")
# A line this much shorter than the page's full lines has ended by itself.
SHORT_LINE = 0.7
# Lines further apart than this many times their size are parted after a full stop.
LOOSE = 1.7
SENTENCE_END = (".", "!", "?", ":", ";", "…", "؟", "。", "”", '"')


@dataclass(frozen=True)
class Line:
    """One line of a page: `size` in points, `y` from the bottom of the page, `left` in points."""

    text: str
    page: int
    size: float = 0.0
    bold: bool = False
    y: float = 0.0
    left: float = 0.0


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together, on one page; `style` is that of its first line."""

    text: str
    page: int
    size: float = 0.0
    bold: bool = False
    lines: int = 1


def clean(text: str) -> str:
    """One line of plain text: single spaces, whole letters, no control characters."""
    # PDF 1.7, Annex D.3, note 3: codes without a letter of their own are shown as bullets.
    text = STARS.sub("", CONTROL.sub(" ", text.replace("\x7f", "\u2022")))
    text = PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return " ".join(text.split())


def unmarked(text: str) -> str:
    """A paragraph without the stars of printed Markdown; a lone star, as of a note, stays."""
    return EMPHASIS.sub(r"\1", text)


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without the lines that most of them repeat at the same height, at an edge."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_pattern(line) for line in _edges(page)})
    most = max(len(pages) * REPEATED_SHARE, 1)
    repeated = {pattern for pattern, count in seen.items() if count > most}
    kept = []
    for page in pages:
        heads = {
            id(line)
            for line in _edges(page)
            if _pattern(line) in repeated or PAGE_NUMBER.fullmatch(line.text)
        }
        kept.append([line for line in page if id(line) not in heads])
    return kept


def _edges(page: Sequence[Line]) -> Sequence[Line]:
    if len(page) <= 2 * EDGE_LINES:
        return page
    return [*page[:EDGE_LINES], *page[-EDGE_LINES:]]


def _pattern(line: Line) -> tuple[str, int]:
    """The line with every number made equal, so that page numbers repeat, and its height."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.casefold()), round(line.y / 4)


class Hyphens:
    """Decides by the document's own words whether a hyphen at a line's end belongs there."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.words: set[str] = set()
        breaks: list[tuple[str, str]] = []
        head = ""
        for line in lines:
            words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.casefold())
            if head and words:
                breaks.append((head, words[0]))
            # What stands beside a break is perhaps no word: it must not vouch for itself.
            whole = words[1:] if head else words
            head = words[-1] if line.text.endswith("-") and words else ""
            self.words.update(whole[:-1] if head else whole)
        # A program that breaks words does so often, and most of them occur whole as well.
        self.breaks_words = any(head + tail in self.words for head, tail in breaks)

    def join(self, first: str, second: str) -> str:
        """Two lines as one running text."""
        if first.endswith("\u00ad"):
            return first[:-1] + second
        head = re.search(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$", first)
        tail = re.match(r"[^\W\d_]+", second)
        if not head or not tail or not second[0].islower():
            return f"{first} {second}"
        return (
            first if self.belongs(head[1].casefold(), tail[0].casefold()) else first[:-1]
        ) + second

    def belongs(self, head: str, tail: str) -> bool:
        """True for `life-` before `changing`, false for `informa-` before `tion`."""
        if f"{head}-{tail}" in self.words:
            return True
        if head + tail in self.words:
            return False
        # The halves of a broken word are rarely words, unless they are short ones.
        shortest = 4 if self.breaks_words else 2
        halves = (head.split("-")[-1], tail)
        return any(len(half) >= shortest and half in self.words for half in halves)


def paragraphs(page: Sequence[Line], hyphens: Hyphens) -> list[Paragraph]:
    """The lines of one page joined where nothing on the page parts them."""
    gap, full = _usual_gap(page), _full_length(page)
    found: list[Paragraph] = []
    previous: Line | None = None
    for line in page:
        if previous is not None and not _parted(previous, line, gap, full):
            last = found[-1]
            text = hyphens.join(last.text, line.text)
            found[-1] = replace(last, text=text, lines=last.lines + 1)
        else:
            found.append(Paragraph(line.text, line.page, line.size, line.bold))
        previous = line
    return [replace(one, text=unmarked(one.text)) for one in found]


def _usual_gap(page: Sequence[Line]) -> float:
    gaps = Counter(round(a.y - b.y) for a, b in pairwise(page) if 0 < a.y - b.y < 60)
    return gaps.most_common(1)[0][0] if gaps else 0.0


def _full_length(page: Sequence[Line]) -> int:
    """How many characters a full line of this page has, about."""
    lengths = sorted(len(line.text) for line in page)
    return lengths[len(lengths) * 3 // 4] if lengths else 0


def _parted(above: Line, below: Line, gap: float, full: int) -> bool:
    """A new paragraph starts where size, weight, distance, indent or a list sign changes."""
    if abs(above.size - below.size) > 0.6 or above.bold != below.bold:
        return True
    if BULLET.match(below.text):
        return True
    distance = above.y - below.y
    if distance < 0 or not gap:
        # A new column, or a file that does not say where its lines stand.
        return above.text.endswith(SENTENCE_END)
    if distance > max(gap, below.size * 1.25) * 1.3:
        return True
    ended = above.text.endswith(SENTENCE_END)
    if ended and below.size and distance > below.size * LOOSE:
        return True
    if below.left - above.left > 8 and not BULLET.match(above.text):
        return True
    # Only where size is that of running text: the lines of a heading are short by nature.
    is_item = len(above.text) < full * SHORT_LINE and below.text[:1].isupper()
    is_heading = above.size > gap or (above.text.isupper() and below.text.isupper())
    return is_item and full > 60 and not is_heading
