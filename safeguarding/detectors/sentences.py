"""Cuts a text into sentences, in a form in which nothing hides: one kind of digit and of space."""

import re
import unicodedata
from collections.abc import Iterator

# Longer than any sentence a person writes; what is longer is cut, so that time stays linear.
LONGEST = 1_000
_END = re.compile(r"(?<=[.!?\u061f\u06d4])[\"'\u201d\u00bb)]*\s+(?=[^\sa-z\u00e0-\u00ff])|[\n\r]+")
# Abbreviations and initials, after which a sentence goes on. The look-behind is of a fixed width.
_GOES_ON = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Sr|Sra|Srta|Dra|Mme|Mlle|Me|art|vs|cf|tel|Tel|approx|no|nos"
    r"|n\.?[o\u00ba\u00b0]"
    r"|Jan|Feb|Mar|Apr|Aug|Sep|Sept|Oct|Nov|Dec|n\u00fam|Av|Avda|av|exp|Exp|ref|Ref)|\b[A-Z]"
    r"|(?:^|\s)\d{1,3}|(?:^|[\s(])[\u0621-\u064a])\.$"
)
# Marks that no reader sees and that would keep a word from being recognised.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u064b-\u0652\u0640]")
_SPACES = re.compile(r"\s+")
_SIGNS = str.maketrans(
    {
        **{chr(0x0660 + n): str(n) for n in range(10)},
        **{chr(0x06F0 + n): str(n) for n in range(10)},
        **dict.fromkeys("\u2019\u02bc\u2032\u2018\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u0623\u0625\u0622\u0671", "\u0627"),
        "\u0649": "\u064a",
        "\u060c": ",",
        "\u061b": ";",
        "\u2026": ".",
    }
)


def normal(text: str) -> str:
    """Return a text with one form of each digit, dash, quote, space and Arabic letter."""
    return _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_SIGNS))


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text as they are written; a line is never joined to the next."""
    held = ""
    for piece, cut in _pieces(text):
        held = f"{held} {piece}" if held else piece
        if cut == "end" or len(held) >= LONGEST or not _GOES_ON.search(held[-8:]):
            yield from _short_enough(held)
            held = ""
    if held:
        yield from _short_enough(held)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        at = 0
        for match in _END.finditer(line):
            yield line[at : match.start()].strip(), "stop"
            at = match.end()
        yield line[at:].strip(), "end"


def _short_enough(sentence: str) -> Iterator[str]:
    for start in range(0, len(sentence), LONGEST):
        piece = sentence[start : start + LONGEST].strip()
        if piece:
            yield piece
