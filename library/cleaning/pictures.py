"""Takes out of a picture inside a document what it says beside what it shows.

Byte by byte and not by drawing it anew: it looks as before, and a process with little memory
can do it.
"""

import re
from collections.abc import Iterator

from core.confined.errors import UnreadableError

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
# Markers of JPEG (ITU-T T.81, table B.1): what stands alone, where a scan begins, where all ends.
ALONE = {0x01, *range(0xD0, 0xD8)}
SCAN, END = 0xDA, 0xD9
COMMENT, APPLICATION, EXIF = 0xFE, range(0xE0, 0xF0), 0xE1
# Of what applications add, only what decides on the look: size and density, profile, colours.
LOOKS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
ORIENTATION = 0x0112
# Parts of PNG that decide on the look, beside those whose name begins with a capital.
SHOWN = {b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"hIST", b"pHYs", b"sPLT"}
SHOWN |= {b"acTL", b"fcTL", b"fdAT", b"cICP", b"mDCV", b"cLLI"}


def cleaned(content: bytes) -> bytes:
    """The same JPEG or PNG without EXIF, XMP, IPTC and comments; other content as it is."""
    if content.startswith(JPEG):
        return b"".join(_jpeg(content))
    if content.startswith(PNG):
        return PNG + b"".join(_png(content))
    return content


def _jpeg(content: bytes) -> Iterator[bytes]:
    """The parts that show something; what comes after the picture (a second one) is left out."""
    yield content[:2]
    yield _turned(content)
    for marker, part in _segments(content):
        applied = marker in APPLICATION
        if marker == COMMENT or (applied and marker not in LOOKS):
            continue
        if not applied or part.startswith(LOOKS[marker], 4):
            yield part


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, bytes with it) of each part, up to the end of the picture."""
    at = 2
    while at + 2 <= len(content):
        marker = content[at + 1]
        if content[at] != 0xFF:
            raise UnreadableError("embedded", "a damaged JPEG")
        if marker == 0xFF:  # as many as somebody liked may stand before a marker
            at += 1
            continue
        end = at + 2
        if marker != END and marker not in ALONE:
            end += max(int.from_bytes(content[end : end + 2]), 2)
        if marker == SCAN:
            found = NEXT_MARKER.search(content, end)
            end = found.start() if found else len(content)
        yield marker, content[at:end]
        if marker == END:
            return
        at = end


def _turned(content: bytes) -> bytes:
    """An EXIF part that says only how the picture is held; b"" where it says nothing of that."""
    marker = next((part for kind, part in _segments(content) if kind == EXIF), b"")
    if not marker.startswith(b"Exif\0\0", 4):
        return b""
    from PIL import Image  # few pictures need it

    told, kept = Image.Exif(), Image.Exif()
    try:
        told.load(marker[4:])
        turned = told.get(ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - whatever is wrong in it, it is taken out
        return b""
    if turned not in range(2, 9):
        return b""
    kept[ORIENTATION] = turned
    data = kept.tobytes()
    return b"\xff\xe1" + (len(data) + 2).to_bytes(2) + data


def _png(content: bytes) -> Iterator[bytes]:
    at = len(PNG)
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4])
        name = content[at + 4 : at + 8]
        if name[:1].isupper() or name in SHOWN:
            yield content[at:end]
        if name == b"IEND":
            return
        at = end
