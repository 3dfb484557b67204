"""A PDF without its authors, written anew: what earlier versions of it said is left behind, too.

Pages, text, links, bookmarks, tags and language are copied as they are; where the copy does not
have the same pages the file is not taken.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from core.confined.errors import UnreadableError
from library.cleaning import package, pictures
from library.cleaning.paths import without_home
from library.cleaning.result import Cleaned
from library.extraction.pdf import NO_TITLE

# Data of programs and of who used them; scripts, which a reader of documents needs none of.
GONE = ("/PieceInfo", "/Metadata", "/CreatorInfo", "/JavaScript", "/AA")
ACTIVE = {"/JavaScript", "/Launch", "/ImportData"}
# Other files inside this one, and forms that are programs: they have authors of their own.
CARRIED = ("/EF", "/XFA")
SIGNED = "/ByteRange"
PATHS = ("/F", "/UF", "/DOS", "/Mac", "/Unix")
MOST_OBJECTS = 8_388_607  # PDF 1.7, annex C
# Remarks on a page (PDF 1.7, 12.5.6.2): there, and only there, "/T" is who wrote.
REMARKS = {
    *("/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight"),
    *("/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Sound", "/Redact"),
}
PHOTO = ("/DCTDecode", ["/DCTDecode"])
# What stays of the XMP packet: the title, the language, and to which standard it is accessible.
DUBLIN = "http://purl.org/dc/elements/1.1/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
STANDARDS = ("http://www.aiim.org/pdfua/ns/id/", "http://www.aiim.org/pdfa/ns/id/")
PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()


def cleaned(content: bytes) -> Cleaned:
    """A PDF without its authors; raises UnreadableError where that cannot be done safely."""
    reader = PdfReader(BytesIO(content))
    _unlock(reader)
    title = _title(reader)
    # The second time leaves out what the first has taken from its place.
    copy = PdfReader(BytesIO(_written(reader, title)))
    clean = _written(copy, title)
    if not _is_same(reader, PdfReader(BytesIO(clean))):
        raise UnreadableError("unsafe", "the copy has other pages")
    return Cleaned(clean, "" if NO_TITLE.match(title) else title)


def _written(reader: PdfReader, title: str) -> bytes:
    """The document of a reader without its authors, with only what it leads to."""
    packet = _packet(reader.trailer["/Root"].get_object())
    _clean_all(reader.trailer)
    # Left out by some programs; the copy counts anew.
    reader.trailer.setdefault(NameObject("/Size"), NumberObject(MOST_OBJECTS))
    writer = PdfWriter(clone_from=reader)
    writer.metadata = {"/Title": title} if title else {}
    writer.xmp_metadata = packet
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def _unlock(reader: PdfReader) -> None:
    """Open a PDF that is only protected against printing; raise for one with a password."""
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("encrypted")
    except (DependencyError, NotImplementedError, FileNotDecryptedError) as error:
        raise UnreadableError("encrypted", str(error)) from error


def _title(reader: PdfReader) -> str:
    stated = reader.metadata.title if reader.metadata else None
    return without_home(" ".join(str(stated or "").split()))


def _clean_all(trailer: Any) -> None:
    """Clean every dictionary that the document leads to, each once."""
    root = trailer["/Root"].get_object()
    if "/Info" in trailer:
        trailer["/Info"].get_object().clear()
    for thread in _each(root.get("/Threads")):
        thread.pop("/I", None)
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if (each.idnum, each.generation) in seen:
                continue
            seen.add((each.idnum, each.generation))
            each = each.get_object()
        if isinstance(each, DictionaryObject):
            _clean(each)
            waiting += dict.values(each)
        elif isinstance(each, ArrayObject):
            waiting += list.__iter__(each)


def _each(value: Any) -> Iterator[Any]:
    found = value.get_object() if value is not None else []
    return (each.get_object() for each in found)


def _clean(told: Any) -> None:
    """Take out of one dictionary what tells of people; raise for what cannot be taken out."""
    if SIGNED in told:
        raise UnreadableError("signed")
    if any(name in told for name in CARRIED):
        raise UnreadableError("embedded")
    for name in GONE:
        told.pop(name, None)
    if _at(told, "/Subtype") in REMARKS:
        told.pop("/T", None)
    if isinstance(usage := _at(told, "/Usage"), DictionaryObject):
        usage.pop("/User", None)
    for name in list(told):
        held = _at(told, name)
        if isinstance(held, DictionaryObject) and _at(held, "/S") in ACTIVE:
            del told[name]
        elif name in PATHS and isinstance(held, TextStringObject | ByteStringObject):
            told[NameObject(name)] = TextStringObject(without_home(_text(held)))
    if isinstance(told, StreamObject) and _at(told, "/Filter") in PHOTO:
        told._data = pictures.cleaned(told._data)


def _at(told: Any, name: str) -> Any:
    """What stands under a name, itself and not where it is; None where there is nothing."""
    return told[name] if name in told else None  # noqa: SIM401 - `get` returns where it is


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _packet(root: Any) -> bytes | None:
    """The XMP packet of a document with nothing in it but what its readers need."""
    if "/Metadata" not in root:
        return None
    try:
        tree = package.parse(root["/Metadata"].get_object().get_data().strip(b"\0 \r\n\t"))
    except UnreadableError:
        return None
    clean = etree.Element(f"{{{RDF}}}RDF", nsmap={"rdf": RDF})
    about = etree.SubElement(clean, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    for description in tree.iter(f"{{{RDF}}}Description"):
        for key, value in description.attrib.items():
            if etree.QName(key).namespace in STANDARDS:
                about.set(key, value)
        for each in description:
            name = etree.QName(each)
            wanted = name.namespace == DUBLIN and name.localname in ("title", "language")
            if wanted or name.namespace in STANDARDS:
                about.append(each)
    if not len(about) and len(about.attrib) == 1:
        return None
    return PACKET + bytes(etree.tostring(clean)) + b'\n<?xpacket end="r"?>'


def _is_same(before: PdfReader, after: PdfReader) -> bool:
    """Whether two files draw the same on as many pages, and have the same helps for readers."""
    helps = ("/StructTreeRoot", "/MarkInfo", "/Lang", "/Outlines", "/Names", "/AcroForm")
    roots: list[Any] = [reader.trailer["/Root"].get_object() for reader in (before, after)]
    if any((name in roots[0]) != (name in roots[1]) for name in helps):
        return False
    if len(before.pages) != len(after.pages):
        return False
    pages = zip(before.pages, after.pages, strict=True)
    return all(_drawn(page) == _drawn(copy) for page, copy in pages)


def _drawn(page: Any) -> tuple[Any, ...]:
    """What a page draws, how large it is, and how many links and remarks are on it."""
    held = _at(page, "/Contents")
    parts = _each(held) if isinstance(held, ArrayObject) else filter(None, [held])
    drawn = b"\n".join(part.get_data() for part in parts)
    remarks = _at(page, "/Annots")
    return drawn, tuple(page.mediabox), page.rotation, len(remarks or ())
