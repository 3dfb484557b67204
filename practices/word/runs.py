"""The words of a paragraph in their looks, and what its style says of it."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from practices.word.outline import Line

MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DELETED = {qn("w:del"), qn("w:moveFrom")}
INSERTED = {qn("w:ins"), qn("w:moveTo")}
PICTURES = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.I)
# The style of the lines of help in the form, as it is compared.
HELP = "form help"
OFF = ("0", "false", "off", "none")
# A damaged file may hold a circle of styles.
MOST_GENERATIONS = 10


class Styles:
    """The styles and lists of a document."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self.by_id = {each.get(qn("w:styleId"), ""): each for each in root.iter(qn("w:style"))}
        self.numbers = _numbers(document)

    def line_of(self, paragraph: Any) -> Line:
        """Return a line without its words: whether it is a heading, an item or a caption."""
        properties = paragraph.find(qn("w:pPr"))
        chain = list(self._chain(properties, "w:pStyle"))
        names = [name for style in chain if (name := _name(style))]
        line = Line(heading=self._heading(properties, chain, names), caption="caption" in names)
        line.help, line.title = HELP in names, "title" in names
        if not line.heading:
            line.level, line.ordered = self._listed(properties, chain, names)
        return line

    def is_on(self, run: Any, *names: str) -> bool:
        """Whether a run has one of these looks, by itself or by its character style."""
        properties = run.find(qn("w:rPr"))
        chain = self._chain(properties, "w:rStyle")
        for holder in [properties, *(style.find(qn("w:rPr")) for style in chain)]:
            if holder is None:
                continue
            said = [each for name in names if (each := holder.find(qn(name))) is not None]
            if said:
                return any(each.get(qn("w:val"), "1") not in OFF for each in said)
        return False

    def _chain(self, properties: Any, kind: str) -> Iterator[Any]:
        named = properties.find(qn(kind)) if properties is not None else None
        key = named.get(qn("w:val"), "") if named is not None else ""
        for _generation in range(MOST_GENERATIONS):
            style = self.by_id.get(key)
            if style is None:
                return
            yield style
            parent = style.find(qn("w:basedOn"))
            key = parent.get(qn("w:val"), "") if parent is not None else ""

    def _heading(self, properties: Any, chain: list[Any], names: list[str]) -> int:
        for name in names:
            if match := re.fullmatch(r"heading (\d)", name):
                return int(match[1])
            if name == "title":
                return 1
        for holder in [properties, *(style.find(qn("w:pPr")) for style in chain)]:
            level = holder.find(qn("w:outlineLvl")) if holder is not None else None
            if level is not None and level.get(qn("w:val"), "9") in "012345678":
                return int(level.get(qn("w:val"))) + 1
        return 0

    def _listed(self, properties: Any, chain: list[Any], names: list[str]) -> tuple[int, bool]:
        matches = (re.fullmatch(r"list (bullet|number)(?: (\d))?", name) for name in names)
        by_style = next(filter(None, matches), None)
        for holder in [properties, *(style.find(qn("w:pPr")) for style in chain)]:
            listed = holder.find(qn("w:numPr")) if holder is not None else None
            if listed is None:
                continue
            number, level = _value(listed, "w:numId"), _value(listed, "w:ilvl")
            if number == "0":
                return 0, False
            depth = int(level) if level.isdecimal() else 0
            kind = self.numbers.get((number, str(depth)))
            if kind is None and not by_style:
                return 0, False
            depth = int(by_style[2]) - 1 if by_style and by_style[2] and not depth else depth
            return depth + 1, kind == "number" if kind else by_style[1] == "number"  # type: ignore[index]
        return (int(by_style[2] or 1), by_style[1] == "number") if by_style else (0, False)


def _name(style: Any) -> str:
    name = style.find(qn("w:name"))
    return name.get(qn("w:val"), "").casefold() if name is not None else ""


def _value(parent: Any, name: str) -> str:
    child = parent.find(qn(name))
    return str(child.get(qn("w:val"), "")) if child is not None else ""


def _numbers(document: Any) -> dict[tuple[str, str], str]:
    """Return {(list, level): "number" or "bullet"} of the lists of a document."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    kinds: dict[str, dict[str, str]] = {}
    for abstract in root.iter(qn("w:abstractNum")):
        levels = kinds.setdefault(abstract.get(qn("w:abstractNumId"), ""), {})
        for level in abstract.iter(qn("w:lvl")):
            look = _value(level, "w:numFmt")
            if look != "none":
                levels[level.get(qn("w:ilvl"), "")] = "bullet" if look == "bullet" else "number"
    return {
        (number.get(qn("w:numId"), ""), level): kind
        for number in root.iter(qn("w:num"))
        for level, kind in kinds.get(_value(number, "w:abstractNumId"), {}).items()
    }


class Runs:
    """Takes words out of paragraphs and remembers what it met that is no part of the text."""

    def __init__(self, document: Any, styles: Styles) -> None:
        self.part, self.styles = document.part, styles
        self.notes = dict(_notes(document))
        self.inserted = self.pictures = 0
        self.deleted: list[str] = []
        self.hidden: list[str] = []

    def of(self, paragraph: Any) -> tuple[list[list[Any]], list[Any]]:
        """Return the runs of a paragraph, and the text boxes that hang on it."""
        self.boxes: list[Any] = []
        self.address: str | None = None  # of a link that is written as a field
        self.in_code = False
        return list(self._runs(paragraph, "")), self.boxes

    def _runs(self, parent: Any, href: str) -> Iterator[list[Any]]:
        for child in parent:
            if child.tag == qn("w:r"):
                yield from self._run(child, self.address or href)
            elif child.tag in DELETED:
                self.deleted.append(_all_text(child))
            elif child.tag == qn("w:hyperlink"):
                yield from self._runs(child, self._target(child) or href)
            elif child.tag == qn("w:fldSimple"):
                match = FIELD.match(child.get(qn("w:instr"), ""))
                yield from self._runs(child, match[1] if match else href)
            elif child.tag not in (qn("w:pPr"), qn("w:sdtPr"), qn("w:sdtEndPr")):
                self.inserted += child.tag in INSERTED
                yield from self._runs(child, href)

    def _target(self, link: Any) -> str:
        relation = self.part.rels.get(link.get(qn("r:id"), ""))
        return str(relation.target_ref) if relation is not None and relation.is_external else ""

    def _run(self, run: Any, href: str) -> Iterator[list[Any]]:
        text = "".join(self._pieces(run))
        if not text:
            return
        if self.styles.is_on(run, "w:vanish"):
            self.hidden.append(text)
            return
        bold, italic = (
            self.styles.is_on(run, "w:b", "w:bCs"),
            self.styles.is_on(run, "w:i", "w:iCs"),
        )
        yield [text, bold, italic, href]

    def _pieces(self, run: Any) -> Iterator[str]:
        for node in run:
            if node.tag == qn("w:fldChar"):
                self._field(node.get(qn("w:fldCharType"), ""))
            elif node.tag == qn("w:instrText"):
                match = FIELD.match(node.text or "")
                self.address = match[1] if match else self.address
            elif node.tag in NOTES:
                note = self.notes.get((NOTES[node.tag], node.get(qn("w:id"), "")), "")
                yield f" [{note}]" if note else ""
            elif node.tag in PICTURES or node.tag == f"{MARKUP}AlternateContent":
                self._picture(node)
            elif not self.in_code:
                yield _words(node)

    def _field(self, kind: str) -> None:
        """Follow a field: its code is no text, and its link ends with it."""
        self.in_code = kind == "begin"
        if kind == "end":
            self.address = None

    def _picture(self, node: Any) -> None:
        fallback = f"{MARKUP}Fallback"
        boxes = [
            box
            for box in node.iter(qn("w:txbxContent"))
            if not any(above.tag == fallback for above in box.iterancestors())
        ]
        self.boxes += boxes
        self.pictures += not boxes


def _words(node: Any) -> str:
    if node.tag == qn("w:t"):
        return node.text or ""
    if node.tag == qn("w:br"):
        return "\n" if node.get(qn("w:type"), "textWrapping") == "textWrapping" else ""
    return {qn("w:tab"): " ", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}.get(node.tag, "")


def visible_text(element: Any) -> str:
    """Return all words below an element that are not deleted, in one line."""
    nodes = element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:p"))
    text = "".join(" " if node.tag != qn("w:t") else node.text or "" for node in nodes)
    return " ".join(text.split())


def _all_text(element: Any) -> str:
    nodes = element.iter(qn("w:t"), qn("w:delText"))
    return "".join(node.text or "" for node in nodes)


def _notes(document: Any) -> Iterator[tuple[tuple[str, str], str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for part in document.part.package.iter_parts():
        match = re.search(r"/word/(footnotes|endnotes)\.xml$", str(part.partname))
        if not match:
            continue
        for note in etree.fromstring(part.blob, parser):
            if isinstance(note.tag, str) and note.get(qn("w:type")) is None:
                yield (match[1], note.get(qn("w:id"), "")), visible_text(note)
