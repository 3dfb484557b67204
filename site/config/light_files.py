"""What the library lends to guidance: how a text becomes a PDF or a Word file."""

from django.utils.translation import gettext_lazy as _

from guidance import formats
from library.making import markdown_to_docx, markdown_to_pdf

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _pdf(text: str, title: str, language: str) -> bytes | None:
    """Return a PDF; None for letters that the fonts of every PDF reader do not have."""
    try:
        return markdown_to_pdf(text, title, language)
    except ValueError:
        return None


def _word(text: str, title: str, language: str) -> bytes | None:
    """Return a Word file; None for characters that Word does not take."""
    try:
        return markdown_to_docx(text, title, language)
    except ValueError:
        return None


def _is_western(letters: str) -> bool:
    return letters.encode("cp1252", "ignore").decode("cp1252") == letters


def connect() -> None:
    """Offer guidance as PDF, where its letters allow, and as Word."""
    formats.register(formats.Format("pdf", _("PDF"), "application/pdf", _pdf, _is_western))
    formats.register(formats.Format("docx", _("Word"), WORD, _word))
