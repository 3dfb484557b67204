"""Bulleted and numbered lists of a Word document, nine levels deep."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from practices.word.prose import DEEPEST, Piece

BULLETS = "\u2022\u25e6\u25aa"


class Lists:
    """The two kinds of list, and a numbering of its own for each numbered list."""

    def __init__(self, document: Any) -> None:
        self.root = document.part.numbering_part.element
        self.kinds = {ordered: self._kind(ordered) for ordered in (False, True)}
        self.bullets = self._numbering(self.kinds[False])
        # The numbering of the list that is open at each level.
        self.open: dict[int, str] = {}

    def number(self, paragraph: Any, item: Piece, before: Piece | None) -> None:
        """Make a paragraph an item that continues the list before it, or begins one."""
        if before is None or not before.level:
            self.open = {}
        self.open = {level: number for level, number in self.open.items() if level <= item.level}
        if before and before.level == item.level and before.ordered != item.ordered:
            self.open.pop(item.level, None)
        number = self.bullets
        if item.ordered:
            number = self.open.get(item.level) or self._numbering(self.kinds[True], item.level)
            self.open[item.level] = number
        else:
            self.open.pop(item.level, None)
        listed = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        listed.get_or_add_ilvl().val = item.level - 1
        listed.get_or_add_numId().val = int(number)

    def _kind(self, ordered: bool) -> str:
        used = [int(each.get(qn("w:abstractNumId"))) for each in self._all("w:abstractNum")]
        kind = OxmlElement("w:abstractNum")
        kind.set(qn("w:abstractNumId"), str(max(used, default=0) + 1))
        _add(kind, "w:multiLevelType", "multilevel")
        for depth in range(DEEPEST):
            level = OxmlElement("w:lvl")
            level.set(qn("w:ilvl"), str(depth))
            _add(level, "w:start", "1")
            _add(level, "w:numFmt", "decimal" if ordered else "bullet")
            _add(level, "w:lvlText", f"%{depth + 1}." if ordered else BULLETS[depth % 3])
            _add(level, "w:lvlJc", "left")
            properties, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
            # Start and left are one to readers; older ones know only left.
            indent.set(qn("w:left"), str(360 * (depth + 1)))
            indent.set(qn("w:hanging"), "360")
            properties.append(indent)
            level.append(properties)
            kind.append(level)
        # Kinds stand before numberings.
        numberings = self._all("w:num")
        numberings[0].addprevious(kind) if numberings else self.root.append(kind)
        return str(kind.get(qn("w:abstractNumId")))

    def _numbering(self, kind: str, begins_at: int = 0) -> str:
        used = [int(each.get(qn("w:numId"))) for each in self._all("w:num")]
        numbering = OxmlElement("w:num")
        numbering.set(qn("w:numId"), str(max(used, default=0) + 1))
        _add(numbering, "w:abstractNumId", kind)
        if begins_at:
            override = OxmlElement("w:lvlOverride")
            override.set(qn("w:ilvl"), str(begins_at - 1))
            _add(override, "w:startOverride", "1")
            numbering.append(override)
        self.root.append(numbering)
        return str(numbering.get(qn("w:numId")))

    def _all(self, name: str) -> list[Any]:
        return [child for child in self.root if child.tag == qn(name)]


def _add(parent: Any, name: str, value: str) -> None:
    child = OxmlElement(name)
    child.set(qn("w:val"), value)
    parent.append(child)
