"""A Word or Excel file without its authors: as Word's own "remove personal information", and more.

What is shown stays: text, layout, links, comments and tracked changes, whose authors are all
called "Author" as Word does it. What no relationship leads to is left out, as Word does it too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from core.confined.errors import UnreadableError
from core.confined.limits import Limits
from library.cleaning import markup, package, pictures
from library.cleaning.result import Cleaned

DEEPEST = 2  # a table in a document, and what is in that
# Kinds of relationship whose parts tell of people and machines, and show nothing.
DROPPED = {
    *("thumbnail", "custom-properties", "people", "person", "threadedComment", "customXml"),
    *("attachedTemplate", "printerSettings", "mailMergeSource", "mailMergeHeaderSource"),
    *("recipientData", "classificationlabels", "webextensiontaskpanes", "userXmlData"),
}
# Who signed stands in the signature, which a change would break.
SIGNED = "digital-signature/origin"
FONTS = (".odttf", ".ttf", ".otf", ".fntdata")
# Pictures without a place for an author that programs use.
GIF, EMF, BMP, HD_PHOTO = b"GIF8", b"\1\0\0\0", b"BM", b"II\xbc\1"
WMF = (b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0")
SHOWN = (GIF, EMF, BMP, HD_PHOTO, *WMF)
XML = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


@dataclass
class Found:
    """What was met on the way: the title, and the marks of comments and changes."""

    title: str = ""
    kinds: set[str] = field(default_factory=set)
    has_body: bool = False


def cleaned(content: bytes, limits: Limits) -> Cleaned:
    """A Word or Excel file without its authors; raises UnreadableError where that cannot be."""
    found = Found()
    clean = _package(content, limits, found, 0)
    if not found.has_body:
        raise UnreadableError("damaged", "nothing of its kind in the package")
    revisions = ", ".join(sorted(found.kinds, reverse=True))
    return Cleaned(clean, found.title, revisions)


def _package(content: bytes, limits: Limits, found: Found, depth: int) -> bytes:
    if depth > DEEPEST:
        raise UnreadableError("bomb", "packages in packages")
    parts = package.read(content, limits)
    if package.CONTENT_TYPES not in parts:
        raise UnreadableError("embedded", "a package of another kind")
    names = {name.lower(): name for name in parts}
    kept: dict[str, bytes] = {}
    waiting = [""]
    while waiting:
        source = waiting.pop()
        holder = names.get(package.relationships_of(source).lower())
        if holder is None:
            continue
        root = package.parse(parts[holder])
        for target in _targets(root):
            name = names.get(package.target_of(source, target).lower())
            if name is not None and name not in kept:
                kept[name] = _part(name, parts[name], limits, found, depth)
                waiting.append(name)
        kept[holder] = package.serialise(root)
    kept[package.CONTENT_TYPES] = _types(parts[package.CONTENT_TYPES], set(kept))
    return package.write(kept)


def _targets(root: Any) -> Iterator[str]:
    """The parts that are led to; leads to what only tells of people are taken out."""
    for lead in list(root):
        kind = lead.get("Type", "")
        if kind.endswith(SIGNED):
            raise UnreadableError("signed")
        if kind.rpartition("/")[2] in DROPPED:
            root.remove(lead)
        elif lead.get("TargetMode") == "External":
            markup.shorten(lead)
        else:
            yield lead.get("Target", "")


def _part(name: str, content: bytes, limits: Limits, found: Found, depth: int) -> bytes:
    if content.startswith(XML):
        root = package.parse(content)
        found.has_body = found.has_body or (depth == 0 and markup.is_body(root))
        if title := markup.title_of(root):
            found.title = found.title or (title if depth == 0 else "")
        found.kinds |= markup.clean(root)
        return package.serialise(root)
    if content.startswith(b"PK\x03\x04"):
        return _package(content, limits, found, depth + 1)
    if content.startswith((pictures.JPEG, pictures.PNG)):
        return pictures.cleaned(content)
    if content and not content.startswith(SHOWN) and not name.lower().endswith(FONTS):
        raise UnreadableError("embedded", name[:200])
    return content


def _types(content: bytes, kept: set[str]) -> bytes:
    """The list of types without the parts that are gone."""
    root = package.parse(content)
    known = {f"/{name}".lower() for name in kept}
    for each in list(root):
        if (
            etree.QName(each).localname == "Override"
            and each.get("PartName", "").lower() not in known
        ):
            root.remove(each)
    return package.serialise(root)
