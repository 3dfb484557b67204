"""Names of files as people gave them: data to show and to save under, never a path."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

# Longer ones are refused by file systems once they are written in UTF-8 and given a number.
MOST_BYTES = 200
_PATH = re.compile(r"[\\/]")
# What some system does not take in a name.
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def ending_of(name: str) -> str:
    """Return the ending of a clean name in small letters, "" where it has none."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def clean_name(name: str) -> str:
    """Return a name without folders, without signs that hide or break it, and not too long."""
    last = _PATH.split(name)[-1]
    shown = "".join(sign if sign.isprintable() else " " for sign in last if not _is_hidden(sign))
    plain = _FORBIDDEN.sub("_", " ".join(unicodedata.normalize("NFC", shown).split()))
    stem, dot, ending = plain.strip(" .").rpartition(".")
    return _short(stem.strip(" .") or "file", f"{dot}{ending.strip()}" if dot else f".{ending}")


def told_apart(names: Iterable[str]) -> Iterator[str]:
    """Yield the same names; one that was there before with a number."""
    known: set[str] = set()
    for name in names:
        path, number, told = PurePosixPath(name), 1, name
        while told.casefold() in known:
            number += 1
            told = _short(f"{path.stem} ({number})", path.suffix)
        known.add(told.casefold())
        yield told


def _is_hidden(sign: str) -> bool:
    """Return whether a sign has no look of its own: direction, zero width, control but space."""
    return unicodedata.category(sign) in ("Cf", "Cs", "Co", "Cn")


def _short(stem: str, suffix: str) -> str:
    most = MOST_BYTES - len(suffix.encode())
    return stem.encode()[: max(most, 1)].decode(errors="ignore").strip() + suffix
