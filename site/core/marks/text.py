"""Formatted text as people type it into a plain field."""

import re
from collections.abc import Sequence

from core.marks.blocks import (
    BULLETS,
    HEADING,
    LISTS,
    NUMBERS,
    PARAGRAPH,
    Block,
    Char,
    tidy,
)
from core.marks.inline import read_inline, write_inline

_ITEM = re.compile(r"^([ \t]*)(?:([-*+•])|(\d{1,3})[.)])[ \t]+(\S.*)$")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(\S.*)$")
# What would begin a list or a heading, but is only how a line begins.
_LOOKS_LIKE_BULLET = re.compile(r"^([-*+•](?=\s)|#{1,6}(?=\s))")
_LOOKS_LIKE_NUMBER = re.compile(r"^(\d{1,3})([.)])(?=\s)")
INDENT = "   "


def read_marks(text: str, headings: bool) -> list[Block]:
    """Return the blocks of what was typed; any text is some text."""
    drafts: list[tuple[str, int, list[str]]] = []
    indents: list[int] = []
    begins = True
    for line in text.split("\n"):
        if not line.strip():
            begins = True
            continue
        heading = _HEADING.match(line) if headings else None
        item = _ITEM.match(line)
        if heading:
            drafts.append((HEADING, 0, [heading[1]]))
            begins, indents = True, []
        elif item and (item[2] or int(item[3]) == 1 or indents):
            # "2. That year" begins no list: a number that is not counted would be lost.
            depth = _depth(indents, len(item[1].expandtabs(4)))
            drafts.append((BULLETS if item[2] else NUMBERS, depth, [item[4]]))
            begins = False
        elif begins:
            drafts.append((PARAGRAPH, 0, [line]))
            begins, indents = False, []
        else:
            drafts[-1][2].append(line)
    return tidy(Block(kind, read_inline("\n".join(told)), depth) for kind, depth, told in drafts)


def _depth(indents: list[int], indent: int) -> int:
    """Return how deep an item stands, by the indents of the items above it."""
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return len(indents) - 1


def write_marks(blocks: Sequence[Block]) -> str:
    """Return blocks as text with marks: what `read_marks` reads as the same blocks."""
    parts: list[str] = []
    numbers: list[int] = []
    last: Block | None = None
    for block in tidy(blocks):
        together = last is not None and last.kind in LISTS and block.kind in LISTS
        if parts:
            parts.append("\n" if together else "\n\n")
        numbers = _counted(numbers if together else [], block, last)
        parts.append(_line(block, numbers))
        last = block
    return "".join(parts)


def _counted(numbers: list[int], block: Block, last: Block | None) -> list[int]:
    """Return the number of the newest item on each level down to this one's."""
    if block.kind not in LISTS:
        return []
    kept = numbers[: block.depth + 1]
    new_list = last is None or (last.depth == block.depth and last.kind != block.kind)
    if len(kept) <= block.depth:
        return [*kept, 1]
    return [*kept[:-1], 1 if new_list else kept[-1] + 1]


def _line(block: Block, numbers: list[int]) -> str:
    written = write_inline(_guarded(block.chars))
    if block.kind == HEADING:
        return f"### {written}"
    if block.kind == PARAGRAPH:
        return written
    lead = INDENT * block.depth
    mark = f"{numbers[-1]}." if block.kind == NUMBERS else "-"
    body = written.replace("\n", f"\n{lead}{INDENT}")
    return f"{lead}{mark} {body}"


def _guarded(chars: Sequence[Char]) -> list[tuple[Char, bool]]:
    """Return characters, each with whether it must be escaped to begin its line literally."""
    text = "".join(char.text for char in chars)
    guarded: set[int] = set()
    start = 0
    for line in text.split("\n"):
        if _LOOKS_LIKE_BULLET.match(line):
            guarded.add(start)
        elif number := _LOOKS_LIKE_NUMBER.match(line):
            guarded.add(start + number.start(2))
        start += len(line) + 1
    return [(char, place in guarded) for place, char in enumerate(chars)]
