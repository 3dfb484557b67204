"""Markdown as a list of blocks, the same for every kind of file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


@dataclass(frozen=True)
class Run:
    """Words in one look."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""


@dataclass(frozen=True)
class Block:
    """A heading (level 1..6), paragraph, item (level = nesting from 1), quote, code or table."""

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    number: int = 0  # of an item in a numbered list, else 0
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()  # of a table, the head first


def blocks(markdown: str) -> list[Block]:
    """The blocks of a Markdown text (CommonMark with tables; HTML is shown as it stands)."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)
    return list(_blocks(SyntaxTreeNode(tokens).children))


def plain(runs: Iterable[Run]) -> str:
    """The words alone."""
    return "".join(run.text for run in runs)


def without_title(content: list[Block], title: str) -> list[Block]:
    """The blocks without a first heading that only repeats the title."""
    if content and content[0].kind == "heading" and plain(content[0].runs) == title:
        return content[1:]
    return content


def highest_heading(content: Iterable[Block]) -> int:
    """The level of the highest heading there is; 1 if there is none."""
    return min((block.level for block in content if block.kind == "heading"), default=1)


def _blocks(nodes: Iterable[SyntaxTreeNode], depth: int = 0) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "heading":
                yield Block("heading", _inline(node), level=int(node.tag[1]))
            case "paragraph":
                yield Block("paragraph", _inline(node))
            case "bullet_list" | "ordered_list":
                yield from _items(node, depth + 1)
            case "blockquote":
                for block in _blocks(node.children, depth):
                    yield Block("quote", block.runs) if block.kind == "paragraph" else block
            case "fence" | "code_block":
                yield Block("code", (Run(node.content.rstrip("\n"), code=True),))
            case "table":
                yield Block("table", rows=tuple(_rows(node)))


def _items(node: SyntaxTreeNode, depth: int) -> Iterator[Block]:
    first = int(node.attrs.get("start", 1))
    for position, item in enumerate(node.children):
        number = first + position if node.type == "ordered_list" else 0
        for index, child in enumerate(item.children):
            if child.type == "paragraph" and index == 0:
                yield Block("item", _inline(child), level=depth, number=number)
            else:
                yield from _blocks([child], depth)


def _rows(table: SyntaxTreeNode) -> Iterator[tuple[tuple[Run, ...], ...]]:
    for part in table.children:
        for row in part.children:
            yield tuple(_inline(cell) for cell in row.children)


def _inline(node: SyntaxTreeNode) -> tuple[Run, ...]:
    return tuple(run for child in node.children for run in _runs(child, Run("")))


def _runs(node: SyntaxTreeNode, look: Run) -> Iterator[Run]:
    match node.type:
        case "text" | "html_inline":
            yield _like(look, node.content)
            return
        case "code_inline":
            yield Run(node.content, look.bold, look.italic, code=True)
            return
        case "softbreak" | "hardbreak":
            yield _like(look, " ")
            return
        case "strong":
            look = Run("", True, look.italic, href=look.href)
        case "em":
            look = Run("", look.bold, True, href=look.href)
        case "link":
            look = Run("", look.bold, look.italic, href=str(node.attrs.get("href", "")))
    for child in node.children:
        yield from _runs(child, look)


def _like(look: Run, text: str) -> Run:
    return Run(text, look.bold, look.italic, look.code, look.href)
