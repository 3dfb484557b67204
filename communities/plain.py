"""Markdown as plain words: for the search, for mail subjects, for lists."""

from html import unescape

from django.utils.html import strip_tags

from core.markdown import rendered


def plain_text(text: str) -> str:
    """Return what a post says without its marks; paragraphs stay apart."""
    return unescape(strip_tags(rendered(text))).strip()
