"""A report as a tagged PDF (PDF/UA-1), set by WeasyPrint; nothing is fetched from anywhere."""

import base64
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from workshops.models import ReportPage

# Every step of every page would be told otherwise.
for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.WARNING)

STYLE = Path(__file__).with_name("print.css")
# What the system must have beside the Python package.
NEEDED = "libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core"
SHOWN_AS = "max-1000x1000"


@lru_cache(maxsize=1)
def is_possible() -> bool:
    """Return whether PDF can be set on this machine: the libraries of Pango may be missing."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def to_pdf(page: ReportPage) -> bytes:
    """Return a report as a PDF with its structure, in its language and direction."""
    # Asked for here: without the libraries the site runs, and only this is missing.
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    language = page.locale.language_code
    with translation.override(language):
        html = render_to_string("workshops/report/print.html", _context(page, language))
    fetcher = URLFetcher(allowed_protocols=["data"])
    document = HTML(string=html, base_url=settings.WAGTAILADMIN_BASE_URL, url_fetcher=fetcher)
    style = CSS(string=STYLE.read_text("utf-8"), url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
    return pdf


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
