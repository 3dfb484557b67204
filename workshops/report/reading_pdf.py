"""The text of a PDF as a report: sections from its bookmarks, or from how its lines look."""

from library.extraction.lines import BULLET
from library.extraction.result import Reading
from practices.word.prose import Piece
from workshops.report.parts import Part, Report, in_order, piece

SIGNS = "\u2022\u25cf\u25aa\u25e6\u2023\u00b7\u2013\u2014*\u00bb-"


def report_of(reading: Reading) -> Report:
    """Return what was read from a PDF, in its order, with its pages joined."""
    parts, path = [Part()], tuple[str, ...]()
    for section in reading.sections:
        if section.heading != path:
            same = _shared(path, section.heading)
            for depth in range(same, len(section.heading)):
                parts.append(Part(section.heading[depth], depth + 1))
            if same == len(section.heading):  # back to the text of a section above
                parts.append(Part("", same or 1))
            path = section.heading
        for text in section.text.split("\n\n"):
            # A heading without a text of its own is handed over as text.
            if text.strip() and not (path and text == path[-1]):
                parts[-1].say(_piece(text))
    return Report(reading.title, in_order(parts))


def _shared(before: tuple[str, ...], after: tuple[str, ...]) -> int:
    """Return how many headings two places have in common."""
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count


def _piece(text: str) -> Piece:
    """Return a paragraph, or an item of a list where a sign says so."""
    sign = text.lstrip()[:1]
    if BULLET.match(text) and sign in SIGNS:
        return piece(text.lstrip()[1:].strip(), level=1)
    return piece(text)
