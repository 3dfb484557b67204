"""Findings inside other pages: `{% findings_for page %}`."""

from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from safeguarding.detectors.sentences import normal
from safeguarding.gate import Finding, check

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
    html = escape(shown)
    for found in finding.found:
        piece = escape(found)
        if found and piece in html:
            html = html.replace(piece, f"<mark>{piece}</mark>", 1)
    return mark_safe(html)  # noqa: S308 - escaped above


@register.filter
def stands_in(found: str, sentence: str) -> bool:
    """Return whether what was found can be read in the sentence itself."""
    return found in normal(sentence)
