"""Years, days, numbers and choices as people write them in the four languages."""

import datetime
import re
import unicodedata
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS

from practices.models import PracticePage
from practices.word.labels import key
from practices.word.wording import LANGUAGES

FIRST_YEAR, LAST_YEAR = 1950, 2100
YES = {"x", "yes", "si", "oui", "نعم", "true", "1", "vrai", "verdadero"}
NO = {"no", "non", "لا", "false", "0", "faux", "falso"}


def digits(text: str) -> str:
    """Return a text with the digits of any script as 0-9."""
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char
        for char in text
    )


def number(text: str) -> int | None:
    """Return the whole number that a text is, if it is one: "p. 12" is 12."""
    match = re.fullmatch(r"\D{0,8}(\d{1,5})\D{0,2}", digits(text).strip())
    value = int(match[1]) if match else None
    return value if value is not None and value <= 32767 else None


def year(text: str) -> int | None:
    """Return a year from 1950 to 2100, None for anything else."""
    match = re.fullmatch(r"\D{0,12}(\d{4})(?:\.0)?\D{0,12}", digits(text).strip())
    value = int(match[1]) if match else 0
    return value if FIRST_YEAR <= value <= LAST_YEAR else None


def day(text: str) -> datetime.date | None:
    """Return a day: 2026-11-21, 21/11/2026, 21.11.2026 or "21 November 2026"."""
    plain = digits(text).strip()
    numbers = [int(part) for part in re.findall(r"\d+", plain)]
    month = _month(plain)
    if month and len(numbers) == 2:
        first, second = numbers
        parts = (second, month, first) if second > 31 else (first, month, second)
    elif len(numbers) == 3 and re.fullmatch(r"[\d\s./-]+", plain):
        parts = tuple(numbers) if numbers[0] > 31 else tuple(reversed(numbers))  # type: ignore[assignment]
    else:
        return None
    try:
        found = datetime.date(*parts)
    except (ValueError, OverflowError):
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _month(text: str) -> int | None:
    words = {key(word) for word in re.findall(r"[^\W\d]+", text)}
    return next((number for name, number in _months().items() if name in words), None)


@cache
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {key(name): number for number, name in MONTHS.items()}
    return found


def yes(text: str) -> bool | None:
    """Return what a word for yes or no says in any language; None for other words."""
    word = key(text)
    return True if word in YES else False if word in NO else None


def voice(text: str) -> str | None:
    """Return a voice by its code or its label in any language."""
    return _voices().get(key(text))


@cache
def _voices() -> dict[str, str]:
    found = {key(code): code for code in PracticePage.Voice.values}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {key(label): code for code, label in PracticePage.Voice.choices}
    return found
