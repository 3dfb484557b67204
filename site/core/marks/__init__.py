"""Formatted text in a plain text field, by a few marks that people know from mail.

`**bold**`, `_italic_`, `[words](https://example.org)`, lines that begin with `- ` or `1. `, and
`### ` for a heading where there may be one. Nothing that Wagtail's own editor stores for these
is lost on the way to marks and back; what is not touched stays byte for byte.
"""

from core.marks.html import read_html, targets_in, without_links, write_html
from core.marks.text import read_marks, write_marks

__all__ = ["clean_characters", "targets_in", "to_html", "to_marks", "without_links"]


def to_marks(html: str) -> str:
    """Return stored rich text as text with marks."""
    return write_marks(read_html(html))


def to_html(marks: str, before: str = "", headings: bool = False) -> str:
    """Return text with marks as rich text to store, safe whatever was typed.

    `before` is what is stored now: kept as it is when its marks were not changed.
    """
    typed = clean_characters(marks)
    if before and typed.strip() == to_marks(before).strip():
        return before
    return write_html(read_marks(typed, headings or "<h3" in before))


def clean_characters(text: str) -> str:
    """Return text with plain line ends and without characters that no database takes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or ord(char) >= 32)
