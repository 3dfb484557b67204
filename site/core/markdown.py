"""Markdown that members write, as HTML that can do nothing but be read."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
# Pictures of other hosts would tell them who reads; raw HTML is shown as it was typed.
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "heading", "lheading", "code", "reference"]
)


def rendered(text: str) -> SafeString:
    """Return a text as HTML of these tags alone; links are marked as written by members."""
    html = nh3.clean(
        _markdown.render(text),
        tags=TAGS,
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        link_rel="ugc nofollow noopener",
    )
    return mark_safe(html)  # noqa: S308 - cleaned right above
