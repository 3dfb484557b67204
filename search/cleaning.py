"""Text without what no reader sees: control, zero-width and direction characters."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return the text in NFC without characters that neither print nor separate; lines stay."""
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable() or c.isspace())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return the cleaned text with every run of white space as one space."""
    return _SPACES.sub(" ", clean(text)).strip()
