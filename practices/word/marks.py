"""How a field is marked in a Word file, so that it is known again whatever people write around it.

Twice: as the tag of a content control, which Word keeps even when its words are replaced, and as
a bookmark, which LibreOffice keeps, too. Where both are gone (Google Docs), the words of the
headings are known in each of the site's languages.
"""

import re
from typing import Any

from docx.oxml.ns import qn

TAG = re.compile(r"px:([a-z_-]{1,40})\Z")
# A bookmark's name stands once in a file: copies carry a number.
BOOKMARK = re.compile(r"_?px_([a-z_]{1,30}?)(?:_\d+)?\Z")
TABLE = re.compile(r"_?px_table_(row|column|both|neither)_\d+\Z")


def tag_of(field: str) -> str:
    """Return the tag of a field's content control."""
    return f"px:{field}"


def bookmark_of(field: str, number: int) -> str:
    """Return the name of a field's bookmark, of which there are several for steps."""
    return f"px_{field}_{number}"


def marks_in(element: Any, *, deep: bool = True) -> list[str]:
    """Return the fields named by a control or bookmark at or below an element, in order."""
    found = []
    for node in element.iter() if deep else _own(element):
        if node.tag == qn("w:tag"):
            match = TAG.match(node.get(qn("w:val"), ""))
        elif node.tag == qn("w:bookmarkStart"):
            name = node.get(qn("w:name"), "")
            match = None if TABLE.match(name) else BOOKMARK.match(name)
        else:
            continue
        if match:
            found.append(match[1])
    return list(dict.fromkeys(found))


def _own(control: Any) -> list[Any]:
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return [] if tag is None else [tag]


def table_mark(table: Any) -> tuple[str, str]:
    """Return ("table", which cells are headings) of a table that the site wrote, else ("", "")."""
    for node in table.iter(qn("w:bookmarkStart")):
        match = TABLE.match(node.get(qn("w:name"), ""))
        if match:
            return "table", match[1]
    return "", ""
