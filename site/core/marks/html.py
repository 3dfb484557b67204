"""Formatted text as Wagtail stores it: read with Wagtail's own reader, written escaped."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import nh3
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    HtmlToContentStateHandler,
    LinkElementHandler,
)

from core.blocks import plain
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
from core.marks.targets import fit, stored

KINDS = {
    "unstyled": PARAGRAPH,
    "header-three": HEADING,
    "unordered-list-item": BULLETS,
    "ordered-list-item": NUMBERS,
}
TAGS = {"p", "h3", "ul", "ol", "li", "b", "i", "a", "br"}
REL = "ugc nofollow noopener"


class _TargetHandler(LinkElementHandler):
    """Notes where a link leads; Wagtail's own would look each page up."""

    def __init__(self) -> None:
        super().__init__("LINK")

    def get_attribute_data(self, attrs: dict[str, str | None]) -> dict[str, str]:
        kind, pk = attrs.get("linktype"), attrs.get("id") or ""
        if kind in ("page", "document") and pk.isdecimal():
            return {"target": f"{kind}:{int(pk)}"}
        return {"target": fit(attrs.get("href") or "")}


def read_html(html: str) -> list[Block]:
    """Return the blocks of stored rich text; of what cannot be read, its words."""
    reader = HtmlToContentStateHandler(["bold", "italic", "ol", "ul", "h3"])
    reader.element_handlers.add_rule("a", _TargetHandler())
    reader.reset()
    try:
        reader.feed(html.replace("<br>", "<br/>"))
        reader.close()
    except (AssertionError, AttributeError, IndexError):
        lines = plain(html).splitlines()
        return tidy(Block(PARAGRAPH, tuple(map(Char, line))) for line in lines)
    state = reader.contentstate
    return tidy(_block(each, state.entity_map) for each in state.blocks)


def _block(block: Any, entities: Any) -> Block:
    chars = [{"text": char} for char in block.text]
    for styled in block.inline_style_ranges:
        for char in chars[styled.offset : styled.offset + (styled.length or 0)]:
            char[styled.style.lower()] = True
    for linked in block.entity_ranges:
        target = entities[linked.key].data.get("target", "")
        for char in chars[linked.offset : linked.offset + (linked.length or 0)]:
            char["link"] = target
    kind = KINDS.get(block.type, PARAGRAPH)
    return Block(kind, tuple(Char(**char) for char in chars), block.depth)


def targets_in(html: str) -> set[str]:
    """Return where the links of stored rich text lead."""
    return {char.link for block in read_html(html) for char in block.chars if char.link}


def without_links(html: str, targets: Collection[str]) -> str:
    """Return stored rich text in which links that lead there are plain words."""
    return write_html(
        [
            replace(
                block,
                chars=tuple(
                    replace(char, link="") if char.link in targets else char for char in block.chars
                ),
            )
            for block in read_html(html)
        ]
    )


def write_html(blocks: Sequence[Block]) -> str:
    """Return blocks as rich text to store: escaped, then cut down to what is allowed."""
    written = "".join(_written(tidy(blocks)))
    return nh3.clean(
        written,
        tags=TAGS,
        attributes={"a": {"href", "id", "linktype", "rel"}},
        url_schemes={"http", "https", "ftp", "mailto", "tel"},
        link_rel=None,
    ).replace("<br>", "<br/>")


def _written(blocks: Sequence[Block]) -> Iterator[str]:
    open_lists: list[str] = []
    for block in blocks:
        depth = block.depth + 1 if block.kind in LISTS else 0
        while len(open_lists) > depth or (
            depth and len(open_lists) == depth and open_lists[-1] != block.kind
        ):
            yield f"</li></{open_lists.pop()}>"
        if not depth:
            yield f"<{block.kind}>{_inline(block)}</{block.kind}>"
            continue
        if len(open_lists) == depth:
            yield "</li>"
        while len(open_lists) < depth:
            open_lists.append(block.kind)
            yield f"<{block.kind}>"
        yield f"<li>{_inline(block)}"
    while open_lists:
        yield f"</li></{open_lists.pop()}>"


def _inline(block: Block) -> str:
    parts = []
    for link, linked in groupby(block.chars, lambda char: char.link):
        inner = SafeString()
        for (bold, italic), run in groupby(linked, lambda char: (char.bold, char.italic)):
            text = conditional_escape("".join(char.text for char in run))
            text = mark_safe(text.replace("\n", "<br/>"))  # noqa: S308 - escaped above
            text = format_html("<i>{}</i>", text) if italic else text
            inner += format_html("<b>{}</b>", text) if bold else text
        parts.append(_anchor(link, inner) if link else inner)
    return "".join(parts)


def _anchor(target: str, inner: SafeString) -> str:
    if inside := stored(target):
        return format_html('<a id="{}" linktype="{}">{}</a>', inside[1], inside[0], inner)
    return format_html('<a href="{}" rel="{}">{}</a>', target, REL, inner)
