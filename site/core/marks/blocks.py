"""What formatted text is made of, between its two forms."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

PARAGRAPH, HEADING, BULLETS, NUMBERS = "p", "h3", "ul", "ol"
LISTS = (BULLETS, NUMBERS)
_SPACES = re.compile(r"[ \t]+")


@dataclass(frozen=True)
class Char:
    """One character and how it is set."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""  # where it leads: an address, `page:<id>` or `document:<id>`


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, or an item of a list (`depth` levels inside others)."""

    kind: str
    chars: tuple[Char, ...]
    depth: int = 0

    @property
    def text(self) -> str:
        """Return the words alone."""
        return "".join(char.text for char in self.chars)


def tidy(blocks: Iterable[Block]) -> list[Block]:
    """Return the same text in the one form that both sides agree on.

    Spaces are single, lines have none at their ends, an empty line ends a paragraph, a space is
    set like the words beside it, and a list goes one level deeper at a time.
    """
    found: list[Block] = []
    for block in blocks:
        for number, chars in enumerate(_paragraphs(block)):
            kind = block.kind if number == 0 or block.kind not in LISTS else PARAGRAPH
            depth = 0
            if kind in LISTS:
                above = found[-1] if found and found[-1].kind in LISTS else None
                depth = min(block.depth, above.depth + 1 if above else 0)
            found.append(Block(kind, _marked_words(chars), depth))
    return found


def _paragraphs(block: Block) -> Iterator[tuple[Char, ...]]:
    """Yield the parts of a block between empty lines, each with its lines trimmed."""
    lines: list[list[Char]] = [[]]
    for char in block.chars:
        if char.text == "\n" and block.kind != HEADING:
            lines.append([])
        else:
            lines[-1].append(replace(char, text=" ") if char.text in "\t\n" else char)
    part: list[Char] = []
    for line in [*map(_trimmed, lines), []]:
        if line:
            part += [Char("\n"), *line] if part else line
        elif part:
            yield tuple(part)
            part = []


def _trimmed(line: list[Char]) -> list[Char]:
    single: list[Char] = []
    for char in line:
        # Of several spaces one stays, the unbreakable one before others.
        if single and char.text.isspace() and single[-1].text == " ":
            single.pop()
        if not (single and char.text == " " and single[-1].text.isspace()):
            single.append(char)
    start, end = 0, len(single)
    while start < end and single[start].text.isspace():
        start += 1
    while end > start and single[end - 1].text.isspace():
        end -= 1
    return single[start:end]


def _marked_words(chars: tuple[Char, ...]) -> tuple[Char, ...]:
    """Set each space as both words beside it are set: how it was set itself cannot be seen."""
    told = list(chars)
    words = [place for place, char in enumerate(chars) if not char.text.isspace()]
    for left, right in pairwise(words):
        before, after = chars[left], chars[right]
        between = Char(
            "",
            before.bold and after.bold,
            before.italic and after.italic,
            before.link if before.link == after.link else "",
        )
        for place in range(left + 1, right):
            told[place] = replace(between, text=chars[place].text)
    return tuple(told)
