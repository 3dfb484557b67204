"""What the parts of an Office file say of people, and how it is taken out of them."""

import re
from typing import Any

from lxml import etree

from library.cleaning.paths import without_home

WORD = re.compile(r"wordprocessingml(?:/2006)?/main$")
TABLES = re.compile(r"spreadsheetml(?:/2006)?/main$")
TABLES = re.compile(r"spreadsheetml(?:/2006)?/main$")
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
EXTENDED = re.compile(r"officeDocument/(?:2006/)?extended-?[pP]roperties$")
DUBLIN = "http://purl.org/dc/elements/1.1/"
# Of the properties of a file, what its readers need; of the counted ones, those that are numbers.
KEPT = {f"{{{DUBLIN}}}title", f"{{{DUBLIN}}}language"}
COUNTED = re.compile(r"[\d.]{1,20}")
# Elements that only tell of people and machines: templates, sources of letters, paths, bindings
# of shown text to properties that are gone, who may write where, sessions of writing.
GONE = {
    *("rsids", "attachedTemplate", "mailMerge", "docVars", "saveThroughXslt", "printerSettings"),
    *("dataBinding", "permStart", "permEnd", "absPath", "fileSharing", "metadata"),
}
NAMING = {
    "author": "Author",
    "initials": "A",
    "userName": "Author",
    "refreshedBy": "Author",
    "lastModifiedBy": "Author",
}
FIELD_CODES = {"instrText", "delInstrText"}
CHANGES = {
    *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"),
    *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange"),
    *("tcPrChange", "trPrChange"),
}


def is_body(root: Any) -> bool:
    """Whether this part is the text of a Word file, or what holds the tables of an Excel file."""
    name = etree.QName(root)
    kind = {"document": WORD, "workbook": TABLES}.get(name.localname)
    return kind is not None and bool(kind.search(name.namespace or ""))


def title_of(root: Any) -> str:
    """The title that the properties of a file state, "" in any other part."""
    stated = root.findtext(f"{{{DUBLIN}}}title") if root.tag == f"{{{CORE}}}coreProperties" else ""
    return " ".join((stated or "").split())


def clean(root: Any) -> set[str]:
    """Take everything that tells of people out of a part; return "comments" and "changes" in it."""
    _trim(root)
    found = set()
    for element in list(root.iter()):
        name = etree.QName(element)
        if name.localname in GONE:
            _remove(element)
            continue
        if WORD.search(name.namespace or ""):
            found |= {"changes"} if name.localname in CHANGES else set()
            found |= {"comments"} if name.localname == "comment" else set()
        elif name.localname == "author":  # of a remark in a table
            element.text = NAMING["author"]
        if name.localname in FIELD_CODES and element.text:
            element.text = without_home(element.text)
        shorten(element)
    return found


def shorten(element: Any) -> None:
    """Name nobody in the attributes of an element, and no folder of somebody's own."""
    for key, value in list(element.attrib.items()):
        name = etree.QName(key).localname
        printed_by = name == "id" and etree.QName(element).localname == "pageSetup"
        if printed_by or name.startswith("rsid"):  # a printer; the same writer in two files
            del element.attrib[key]
        else:
            element.set(key, NAMING.get(name) or without_home(value))


def _trim(root: Any) -> None:
    """Keep of the properties of a file only what its readers need."""
    if root.tag == f"{{{CORE}}}coreProperties":
        for each in list(root):
            if each.tag not in KEPT:
                root.remove(each)
            elif each.text:
                each.text = without_home(each.text)
    elif EXTENDED.search(etree.QName(root).namespace or ""):
        for each in list(root):
            if len(each) or not COUNTED.fullmatch(each.text or ""):
                root.remove(each)


def _remove(element: Any) -> None:
    """Take an element out, and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
