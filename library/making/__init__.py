"""Makes PDF and Word files of Markdown with pure Python, for the demo and the tests."""

from library.making.pdf import markdown_to_pdf
from library.making.word import markdown_to_docx

__all__ = ["markdown_to_docx", "markdown_to_pdf"]
