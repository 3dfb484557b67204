"""The outline of a Word file as a report: sections from headings, or from bold lines."""

import re
from dataclasses import replace

from practices.word.outline import Line, Outline, Table
from practices.word.prose import Piece, Run
from workshops.report.parts import Grid, Part, Report, in_order

LONGEST_BOLD = 110
NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+\S")
# Ends of sentences, and of what leads to a list.
ENDS = (".", ",", ";", ":", "!", "?", "؟", "،")
# Numbers of this site mean nothing in a file from outside.
BY_NUMBER = re.compile(r"(?:page|document):", re.I)


def report_of(outline: Outline) -> Report:
    """Return what stands in a Word file, in its order; no paragraph and no row is left out."""
    blocks = [block for block in outline.blocks if isinstance(block, Table) or block.text.strip()]
    title, blocks = _title(blocks)
    if not any(isinstance(block, Line) and block.heading for block in blocks):
        blocks = _with_bold_headings(blocks)
    parts = [Part()]
    for block in blocks:
        if isinstance(block, Table):
            parts[-1].body.append(_grid(block))
        elif block.heading:
            parts.append(Part(_one_line(block.text), block.heading))
        else:
            parts[-1].say(Piece(_runs(block), block.level, block.ordered))
    hidden = len(outline.comments) + len(outline.hidden) + outline.inserted
    hidden += sum(1 for text in outline.deleted if text.strip())
    return Report(title, in_order(_from_the_top(parts)), outline.pictures, hidden)


def _title(blocks: list[Line | Table]) -> tuple[str, list[Line | Table]]:
    """Return the name of the document, and the blocks below it; without one, all of them."""
    first = blocks[0] if blocks else None
    if isinstance(first, Line) and first.title:
        return _one_line(first.text), blocks[1:]
    # Whoever has no style for the title sets it as a heading: the only one of the first level.
    tops = [each for each in blocks if isinstance(each, Line) and each.heading == 1]
    deeper = any(isinstance(each, Line) and each.heading > 1 for each in blocks)
    if isinstance(first, Line) and first.heading == 1 and len(tops) == 1 and deeper:
        return _one_line(first.text), blocks[1:]
    return "", blocks


def _from_the_top(parts: list[Part]) -> list[Part]:
    """Let the highest headings of a file be its sections, whatever their level is called."""
    levels = [part.level for part in parts if part.heading]
    for part in parts:
        part.level -= min(levels, default=1) - 1
    return parts


def _with_bold_headings(blocks: list[Line | Table]) -> list[Line | Table]:
    """Take short bold lines for headings: the numbered ones, where there are some."""
    bold = {place: block for place, block in enumerate(blocks) if _is_bold_line(block)}
    numbered = {place: _depth(block) for place, block in bold.items()}
    if sum(1 for depth in numbered.values() if depth) > 1:
        levels = {place: depth for place, depth in numbered.items() if depth}
    else:
        following = {place: blocks[place + 1 : place + 2] for place in bold}
        levels = {place: 1 for place, next_ in following.items()
                  if next_ and not _is_bold_line(next_[0])}  # fmt: skip
    return [
        replace(block, heading=levels[place], level=0)
        if place in levels and isinstance(block, Line)
        else block
        for place, block in enumerate(blocks)
    ]


def _is_bold_line(block: Line | Table) -> bool:
    if not isinstance(block, Line):
        return False
    said = [run for run in block.runs if run[0].strip()]
    text = block.text.strip()
    short = len(text) <= LONGEST_BOLD and not text.endswith(ENDS)
    return short and bool(said) and all(run[1] for run in said)


def _depth(block: Line | Table) -> int:
    """Return how deep a numbered line stands; 0 where it has no number."""
    if not isinstance(block, Line):
        return 0
    if block.level and block.ordered:
        return block.level
    match = NUMBERED.match(block.text.strip())
    return match[1].count(".") + 1 if match else 0


def _runs(line: Line) -> tuple[Run, ...]:
    return tuple(
        Run(text, bold, italic, "" if BY_NUMBER.match(href) else href)
        for text, bold, italic, href in line.runs
    )


def _grid(table: Table) -> Grid:
    rows = [
        ["\n".join(text for each in cell if (text := each.text.strip())) for cell in row]
        for row in table.rows
    ]
    return Grid(rows, table.header)


def _one_line(text: str) -> str:
    return " ".join(text.split())
