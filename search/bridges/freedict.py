"""Reading dictionaries of FreeDict in the dictd format, as Debian's dict-freedict-* hold them.

A dictionary is two files: `.index` with lines "headword TAB offset TAB length", numbers in
base 64 (see dictd(8) and dictfmt(1)), and `.dict.dz`, which gzip reads.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}
# A damaged or hostile file must not fill the memory.
MOST_BYTES = 64_000_000
_NUMBER = re.compile(r"^\d+\.\s*")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|<[^>]*>|/[^/]*/")
_BETWEEN = re.compile("[,;\u060c\u061b]")


class DictionaryError(RuntimeError):
    """The dictionary cannot be read; the message says why."""


def entries(index: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield (headword, its translations) of a dictionary; `DictionaryError` if it is damaged."""
    try:
        with gzip.open(index.with_suffix(".dict.dz")) as file:
            data = file.read(MOST_BYTES)
        places = {_place(line) for line in index.read_text("utf-8").splitlines()}
    except (OSError, EOFError, ValueError, KeyError, zlib.error) as error:
        raise DictionaryError(f"{index.stem} cannot be read: {error!r}.") from error
    if any(offset + length > len(data) for offset, length in places):
        raise DictionaryError(f"{index.stem} cannot be read: its text is cut off.")
    for offset, length in sorted(places):
        lines = data[offset : offset + length].decode("utf-8", "replace").split("\n")
        head = _ASIDE.sub("", lines[0]).strip()
        if head and not head.startswith("00"):
            yield head, _translations(lines[1:])


def _place(line: str) -> tuple[int, int]:
    head, offset, length = line.split("\t")[:3]
    return (0, 0) if head.startswith("00database") else (_number(offset), _number(length))


def _number(text: str) -> int:
    value = 0
    for digit in text:
        value = value * 64 + _VALUE[digit]
    return value


def _translations(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if line.startswith(" "):
            continue  # a note
        text = _ASIDE.sub("", _NUMBER.sub("", line))
        found += filter(None, (part.strip() for part in _BETWEEN.split(text)))
    return list(dict.fromkeys(found))
