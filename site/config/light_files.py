"""What the library lends to guidance: how a text becomes a PDF or a Word file."""

from django.template.loader import render_to_string
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from core import printing
from guidance import formats
from library.making import markdown_to_docx, markdown_to_pdf

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _pdf(text: str, title: str, language: str) -> bytes | None:
    """Return a PDF; None for letters that neither every PDF reader has nor this machine sets."""
    try:
        return markdown_to_pdf(text, title, language)
    except ValueError:
        return _printed(text, title, language) if printing.is_possible() else None


def _printed(text: str, title: str, language: str) -> bytes:
    told = {
        "title": title,
        "text": MarkdownIt("commonmark", {"html": False}).enable("table").render(text),
        "language": language,
        "rtl": get_language_info(language)["bidi"],
    }
    return printing.kept_pdf(render_to_string("guidance/print.html", told))


def _word(text: str, title: str, language: str) -> bytes | None:
    """Return a Word file; None for characters that Word does not take."""
    try:
        return markdown_to_docx(text, title, language)
    except ValueError:
        return None


def _can_be_set(letters: str) -> bool:
    western = letters.encode("cp1252", "ignore").decode("cp1252") == letters
    return western or printing.is_possible()


def connect() -> None:
    """Offer guidance as PDF, where its letters allow, and as Word."""
    formats.register(formats.Format("pdf", _("PDF"), "application/pdf", _pdf, _can_be_set))
    formats.register(formats.Format("docx", _("Word"), WORD, _word))
