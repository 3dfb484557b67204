"""Running text as paragraphs of runs: what HTML on a page and a Word file have in common."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

# What no Word file can hold (XML 1.0, production 2), and soft hyphens, which only divide words.
UNWRITABLE = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]|\u00ad")
SPACES = re.compile(r"[ \t\r\f\v]+")
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\"<>]+\Z|(?:page|document):\d+\Z", re.I)
# Word knows nine levels of lists.
DEEPEST = 9
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | {"ul", "ol", "li", "p", "div", "blockquote", "table", "tbody", "tr", "td", "th"}


@dataclass(frozen=True)
class Run:
    """Words in one look; `href` is an address, or "page:12" or "document:5" of this site."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Piece:
    """A paragraph (level 0), an item of a list (level from 1 on), or a small heading."""

    runs: tuple[Run, ...] = ()
    level: int = 0
    ordered: bool = False
    heading: bool = False

    @property
    def text(self) -> str:
        """The words alone; a line break is a new line."""
        return "".join(run.text for run in self.runs)


Prose = tuple[Piece, ...]


def writable(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return UNWRITABLE.sub("", text)


def tidy(pieces: Iterable[Piece]) -> Prose:
    """Return the text as it is compared and stored: no empty pieces, no needless spaces."""
    kept: list[Piece] = []
    for piece in pieces:
        runs = _tidy_runs(piece.runs)
        if not runs:
            continue
        above = kept[-1].level if kept else 0
        level = min(piece.level, above + 1, DEEPEST)
        kept.append(Piece(runs, level, piece.ordered and level > 0, piece.heading and level == 0))
    return tuple(kept)


def _tidy_runs(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Collapse white space over all runs, trim both ends, join runs of one look."""
    done: list[tuple[str, Run]] = []
    for run in runs:
        look = replace(run, text="", href=run.href if SAFE_ADDRESS.match(run.href) else "")
        for character in SPACES.sub(" ", writable(run.text)):
            before = done[-1][0] if done else "\n"
            if character == " " and before in " \n":
                continue
            if character == "\n" and not done:
                continue
            if character == "\n" and before == " ":
                done.pop()
            done.append((character, look))
    while done and done[-1][0] in " \n":
        done.pop()
    joined = groupby(done, key=lambda each: each[1])
    return tuple(replace(look, text="".join(text for text, _look in each)) for look, each in joined)


def line(text: str) -> str:
    """Return a text of one line as it is compared and stored."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", writable(text)).strip(" ")


def lines(text: str) -> str:
    """Return a text of several lines as it is compared and stored."""
    each = [line(part) for part in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(each).strip("\n")


def from_text(text: str) -> Prose:
    """Return plain text as paragraphs, one a line."""
    return tidy(Piece((Run(each),)) for each in lines(text).split("\n"))


def to_text(prose: Prose) -> str:
    """Return the words, a line each; lists keep their signs."""
    written = []
    numbers: dict[int, tuple[bool, int]] = {}
    for piece in prose:
        kept = numbers.get(piece.level, (piece.ordered, 0))
        number = kept[1] + 1 if kept[0] == piece.ordered else 1
        numbers = {level: last for level, last in numbers.items() if level < piece.level}
        sign = ""
        if piece.level:
            numbers[piece.level] = (piece.ordered, number)
            sign = f"{number}. " if piece.ordered else "- "
        written.append("  " * max(piece.level - 1, 0) + sign + piece.text)
    return "\n".join(written)


# --- To HTML, as Wagtail stores it ---------------------------------------------------------
def to_html(prose: Prose) -> str:
    """Return HTML in which everything is escaped and only known elements stand."""
    parts: list[str] = []
    for listed, pieces in groupby(prose, key=lambda piece: piece.level > 0):
        if listed:
            parts += _list_html(pieces)
            continue
        for piece in pieces:
            tag = "h3" if piece.heading else "p"
            parts.append(f"<{tag}>{_inline_html(piece.runs)}</{tag}>")
    return "".join(parts)


def _list_html(items: Iterable[Piece]) -> Iterator[str]:
    open_lists: list[str] = []
    for item in items:
        tag = "ol" if item.ordered else "ul"
        while len(open_lists) > item.level:
            yield f"</li></{open_lists.pop()}>"
        if len(open_lists) == item.level:
            yield "</li>"
            if open_lists[-1] != tag:
                yield f"</{open_lists.pop()}>"
        if len(open_lists) < item.level:
            open_lists.append(tag)
            yield f"<{tag}>"
        yield f"<li>{_inline_html(item.runs)}"
    while open_lists:
        yield f"</li></{open_lists.pop()}>"


def _inline_html(runs: Iterable[Run]) -> str:
    return "".join(
        f"{_opening(href)}{''.join(map(_run_html, linked))}</a>" if href else
        "".join(map(_run_html, linked))
        for href, linked in groupby(runs, key=lambda run: run.href)
    )  # fmt: skip


def _opening(href: str) -> str:
    kind, _colon, number = href.partition(":")
    if kind in ("page", "document"):
        return f'<a linktype="{kind}" id="{number}">'
    return f'<a href="{escape(href)}">'


def _run_html(run: Run) -> str:
    html = escape(run.text, quote=False).replace("\n", "<br/>")
    if run.italic:
        html = f"<i>{html}</i>"
    return f"<b>{html}</b>" if run.bold else html


# --- From HTML ------------------------------------------------------------------------------
def from_html(html: object) -> Prose:
    """Return the pieces of an HTML text; elements that are not known leave their words behind."""
    soup = BeautifulSoup(str(html), "html.parser")
    return tidy(_pieces(soup, Piece(), []))


def _pieces(parent: Tag, look: Piece, lists: list[bool]) -> Iterator[Piece]:
    """Yield pieces below an element; `lists` says of each list around it if it is numbered."""
    waiting: list[Run] = []
    for child in parent.children:
        name = child.name if isinstance(child, Tag) else ""
        if name in BLOCKS:
            yield replace(look, runs=tuple(waiting))
            waiting = []
            yield from _block(child, name, look, lists)
        else:
            waiting += _inline(child, Run(""))
    yield replace(look, runs=tuple(waiting))


def _block(element: Any, name: str, look: Piece, lists: list[bool]) -> Iterator[Piece]:
    if name in ("ul", "ol"):
        yield from _pieces(element, look, [*lists, name == "ol"])
    elif name == "li" and lists:
        yield from _pieces(element, Piece(level=len(lists), ordered=lists[-1]), lists)
    elif name in HEADINGS and not look.level:
        yield from _pieces(element, Piece(heading=True), lists)
    else:
        yield from _pieces(element, look, lists)


def _inline(node: Any, look: Run) -> Iterator[Run]:
    if isinstance(node, NavigableString):
        # Comments, declarations and the like are other types of string.
        if type(node) is NavigableString:
            yield replace(look, text=re.sub(r"\s", lambda m: _space(m[0]), str(node)))
        return
    if node.name == "br":
        yield replace(look, text="\n")
        return
    if node.name in ("script", "style"):
        return
    if node.name in ("b", "strong"):
        look = replace(look, bold=True)
    elif node.name in ("i", "em"):
        look = replace(look, italic=True)
    elif node.name == "a":
        look = replace(look, href=_address(node))
    for child in node.children:
        yield from _inline(child, look)


def _space(character: str) -> str:
    """Return white space of HTML as a space; a no-break space is a character like others."""
    return " " if character in " \t\n\r\f" else character


def _address(link: Any) -> str:
    kind, number = link.get("linktype"), str(link.get("id") or "")
    if kind in ("page", "document") and number.isdecimal() and number.isascii():
        return f"{kind}:{number}"
    return str(link.get("href") or "").strip()
