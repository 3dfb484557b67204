"""Findings inside other pages: `{% findings_for page %}`."""

from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from safeguarding.gate import SHOWN_AS, Finding, check

register = template.Library()
LONGEST = 320


@register.inclusion_tag("safeguarding/_findings.html")
def findings_for(page: Any) -> dict[str, Any]:
    """Show what was found on a page as it is in memory, with what to do; nothing if all is clear.

    Whoever includes it has asked whether the reader may see the page.
    """
    return {"report": check(page), "page": page}


@register.filter
def marked(finding: Finding) -> SafeString:
    """Return the sentence of a finding with what stands out in it marked."""
    text = " ".join(finding.sentence.split())
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}\u2026"
    html: str = escape(shown)
    for found in finding.found:
        piece = escape(found)
        if found and piece in html:
            html = html.replace(piece, f"<mark>{piece}</mark>", 1)
    return mark_safe(html)  # noqa: S308 - escaped above


@register.simple_tag
def small_picture(picture: Any) -> SafeString:
    """Return a picture, small; `gate` has read the copies of all of them at once."""
    ready = next(iter(getattr(picture, "prefetched_renditions", [])), None)
    rendition = ready or picture.get_rendition(SHOWN_AS)
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="" loading="lazy">',
        *(rendition.url, rendition.width, rendition.height),
    )
