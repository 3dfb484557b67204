"""Office packages (ECMA-376, part 2): a zip of parts that name one another by relationships."""

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from lxml import etree

from core.confined.errors import UnreadableError
from core.confined.limits import Limits

CONTENT_TYPES = "[Content_Types].xml"
# The moment that every entry claims to be of: when it was made is nobody's business either.
MOMENT = (1980, 1, 1, 0, 0, 0)
# What does not shrink any further.
PACKED = (b"\xff\xd8\xff", b"\x89PNG", b"PK\x03\x04")


def read(content: bytes, limits: Limits) -> dict[str, bytes]:
    """The parts of a package by name; raises UnreadableError for what is none or too much."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            size = sum(entry.file_size for entry in entries)
            if len(entries) > limits.entries or size > limits.unpacked:
                raise UnreadableError("bomb", f"{len(entries)} entries, {size} bytes")
            return {entry.filename: package.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError("damaged", f"{type(error).__name__}: {error}"[:300]) from error


def write(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts: nothing between the entries, no comments, one fixed moment."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
            packed = parts[name].startswith(PACKED)
            entry = zipfile.ZipInfo(name, date_time=MOMENT)
            kind = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name], kind)
    return output.getvalue()


def parse(content: bytes) -> Any:
    """The root of a part without comments and instructions; nothing outside it is read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("damaged", str(error)[:300]) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableError("damaged", "a document type, which no part may have")
    return root


def serialise(root: Any) -> bytes:
    """The bytes of a part."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def relationships_of(name: str) -> str:
    """The part that holds the relationships of a part; "" is the package itself."""
    folder, _slash, base = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{base}.rels")


def target_of(name: str, target: str) -> str:
    """The part that a relationship of this part leads to."""
    path = posixpath.join("/", posixpath.dirname(name), unquote(target.partition("#")[0]))
    return posixpath.normpath(path).lstrip("/")
