"""HTML as a tagged PDF (PDF/UA-1), set by WeasyPrint; nothing is fetched from anywhere."""

import hashlib
import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from PIL import ImageFile

# Every step of every page would be told otherwise.
for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.WARNING)

# How a text is set; pictures and tables across a page bring their own.
TEXT = Path(__file__).with_name("print.css")
KEPT = 3600  # seconds
# What the system must have beside the Python package.
NEEDED = "libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core"


@lru_cache(maxsize=1)
def is_possible() -> bool:
    """Return whether PDF can be set on this machine: the libraries of Pango may be missing."""
    strict = not ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    finally:
        # It lets damaged pictures pass for the whole process; those who judge uploads must not.
        ImageFile.LOAD_TRUNCATED_IMAGES = not strict
    return True


def kept_pdf(html: str, style: Path = TEXT) -> bytes:
    """Return what `to_pdf` does, for small documents that many ask for: set once an hour.

    Setting one takes seconds. What is kept is known by all that it says, and by nothing else.
    """
    key = f"core:printing:{hashlib.sha256(html.encode() + style.read_bytes()).hexdigest()}"
    kept: bytes = cache.get(key) or to_pdf(html, style)
    cache.set(key, kept, KEPT)
    return kept


def to_pdf(html: str, style: Path = TEXT) -> bytes:
    """Return a document as a PDF with its structure, in its own language and direction.

    `RuntimeError` where it is not possible.
    """
    if not is_possible():
        raise RuntimeError(f"To set PDF, install {NEEDED}.")
    # Asked for here: without the libraries the site runs, and only this is missing.
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=["data"])
    document = HTML(string=html, base_url=settings.WAGTAILADMIN_BASE_URL, url_fetcher=fetcher)
    css = CSS(string=style.read_text("utf-8"), url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[css], pdf_variant="pdf/ua-1")
    return pdf
