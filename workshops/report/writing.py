"""A report as a Word file: headings as real styles, lists as lists, Arabic from right to left."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from practices.word.document import Cell, Document
from practices.word.prose import Piece, Run, from_html, from_text
from workshops.models import ReportPage
from workshops.report.showing import sections_of


def to_word(page: ReportPage, files: set[int]) -> bytes:
    """Return a report as a Word file in its language; of files it names only these."""
    language = page.locale.language_code
    with translation.override(language):
        document = Document(language, page.title, _address)
        document.title(page.title)
        if page.published_text:
            document.help(page.published_text)
        document.prose(from_text(page.summary))
        _findings(document, page)
        for section in sections_of(page):
            if section.heading:
                document.heading(section.heading, section.level)
            for block in section.body:
                _block(document, block, files)
        return document.bytes()


def _findings(document: Document, page: ReportPage) -> None:
    if page.findings:
        document.heading(_("Findings"), 1)
    for number, block in enumerate(page.findings, start=1):
        document.prose((Piece((Run(f"{number}. {block.value['text']}", bold=True),)),))
        for card in block.value["cards"]:
            text = " \u2013 ".join(filter(None, (card["signed"], card["said"])))
            document.prose((Piece((Run(text or card["card"]),), level=1),))


def _block(document: Document, block: Any, files: set[int]) -> None:
    value = block.value
    if block.block_type == "text":
        document.prose(from_html(value.source))
    elif block.block_type == "table":
        table = value["table"] or {}
        document.caption(value["caption"])
        rows = [[Cell(str(cell or "")) for cell in row] for row in table.get("data") or []]
        document.table(rows, header=table.get("table_header_choice") or "neither")
    elif block.block_type == "quote":
        document.prose((*from_text(value["text"]), *from_text(f"— {value['source']}")))
    elif block.block_type == "figure":
        shown = _("Picture: %(what)s") % {"what": value["alt"]}
        document.prose((*from_text(shown), *from_text(value["caption"] or "")))
    elif block.block_type == "download" and value["file"] and value["file"].pk in files:
        link = Run(value["file"].title, href=urljoin(_base(), value["file"].url))
        document.prose((Piece((link,)), *from_text(value["note"] or "")))


def _base() -> str:
    return str(settings.WAGTAILADMIN_BASE_URL)


def _address(href: str) -> str:
    """Return the address on the web of a link, be it to something on this site."""
    kind, _colon, number = href.partition(":")
    places = {"page": f"/p/{number}/", "document": f"/documents/{number}/file/"}
    return urljoin(_base(), places.get(kind, href))
