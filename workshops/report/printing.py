"""A report as a tagged PDF: its page, set for paper."""

import base64
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from core import printing
from workshops.models import ReportPage

SHOWN_AS = "max-1000x1000"


def to_pdf(page: ReportPage) -> bytes:
    """Return a report as a PDF, in its language and direction."""
    language = page.locale.language_code
    with translation.override(language):
        html = render_to_string("workshops/report/print.html", _context(page, language))
    return printing.to_pdf(html)


def _context(page: ReportPage, language: str) -> dict[str, Any]:
    from workshops.report.showing import sections_of

    return {
        "page": page,
        "report_sections": sections_of(page),
        "language": language,
        "rtl": translation.get_language_bidi(),
    }


def as_data(picture: Any) -> str:
    """Return a picture as an address that holds it whole; "" where its file is gone."""
    try:
        copy = picture.get_rendition(f"{SHOWN_AS}|format-jpeg")
        with copy.file.open("rb") as file:
            content = base64.b64encode(file.read()).decode("ascii")
    except (OSError, ValueError):
        return ""
    return f"data:image/jpeg;base64,{content}"
