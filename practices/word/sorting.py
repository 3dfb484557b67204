"""Sorts what stands in a Word file by the field it belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from practices.blocks import WITH_TABLES
from practices.word import template, wording
from practices.word.labels import key
from practices.word.outline import Line, Outline, Table
from practices.word.prose import line as one_line
from practices.word.remarks import Remark, place_of, place_of_part

REFERENCE = re.compile(r"PX-(?:(\d{1,12})-(\d{1,12})|form-([a-z]{2}))(?![\w-])")
ITEMS = {"step": "steps", "building_block": "building_blocks"}
TABULAR = ("roles", "evidence", "sources")
# A line that stands for a heading though nobody made it one is short, and bold.
LONGEST_HEADING = 110
# The form's own headings have two levels; what lies deeper is part of a text.
FORM_DEPTH, DEEPEST = 2, 9
# So many known headings prove that the headings of the form are there.
ENOUGH_HEADINGS = 3


@dataclass
class Item:
    """Where a step or a building block begins."""

    title: str


@dataclass
class OwnTable:
    """A table in a section, with its caption."""

    section: str
    table: Table
    caption: str = ""


Content = Line | Table | Item


@dataclass
class Sorted:
    """What each field holds, in order, and what belongs to none."""

    contents: dict[str, list[Content]] = field(default_factory=dict)
    tables: list[OwnTable] = field(default_factory=list)
    left_over: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    page: int | None = None
    revision: int | None = None
    language: str = ""


def sort(outline: Outline) -> Sorted:
    """Return the contents by field; whatever finds no field is left over, nothing is dropped."""
    sorter = _Sorter(outline)
    for block in outline.blocks:
        sorter.take(block)
    return sorter.finished()


class _Sorter:
    def __init__(self, outline: Outline) -> None:
        self.found = Sorted()
        lines = list(_all_lines(outline))
        # Where the styles of the form have survived, only they are believed: a line of text that
        # reads like a heading or like help is text.
        self.styled = any(line.help for line in lines)
        headed = sum(bool(line.heading and _named(line)) for line in lines)
        self.deepest = FORM_DEPTH if headed >= ENOUGH_HEADINGS else DEEPEST
        self.field = ""  # "" before the first, and below headings that are not known
        self.part = ""
        self.level = 0
        self.elsewhere = ""  # the unknown heading that stands above
        self.waiting: list[str] = []  # words for which there is no field yet
        self.last: OwnTable | None = None  # may still get its caption
        self.caption: Line | None = None  # of the table that may follow

    def take(self, block: Line | Table) -> None:
        if isinstance(block, Table):
            self._take_table(block)
            return
        last, self.last = self.last, None
        self._settle_caption()
        if block.caption and not block.marks:
            if last and not last.caption:
                last.caption = block.text
            else:
                self.caption = block
            return
        line = self._without_form(block)
        if line is not None and not self._begins(line):
            self._add(line)

    def finished(self) -> Sorted:
        self._settle_caption()
        self._flush()
        return self.found

    def _settle_caption(self) -> None:
        """Take a caption that no table follows for what it is: a line."""
        caption, self.caption = self.caption, None
        if caption:
            self._add(caption)

    # --- Lines
    def _without_form(self, line: Line) -> Line | None:
        """Return a line without what the form itself says; None when that was all."""
        text = line.text.strip()
        reference = None if self.part else REFERENCE.search(text)
        if self.styled and self.part and not line.help:
            return line
        if reference:
            self._refer(reference)
            text = REFERENCE.sub("", text).strip()
        elif not any(text.startswith(said) for said in wording.fixed_texts()):
            return line
        for said in wording.fixed_texts():
            text = text.removeprefix(said).strip()
        if not text and not line.marks:
            return None
        return Line(runs=[[text, False, False, ""]], marks=line.marks, labelled=line.labelled)

    def _refer(self, reference: re.Match[str]) -> None:
        page, revision, language = reference.groups()
        if page:
            self.found.page, self.found.revision = int(page), int(revision)
        self.found.language = language or self.found.language

    def _begins(self, line: Line) -> bool:
        """Begin a field, an item or an unknown section if this line does; say whether it did."""
        for mark in line.marks:
            if mark in ITEMS and (line.heading or line.labelled):
                self._begin(ITEMS[mark], max(line.heading - 1, 0), again=True)
                self._item(line.text)
                return True
            if mark in template.ENTRIES:
                return self._begin_marked(mark, line)
        known = _known(line) if self._may_head(line) else ""
        if known:
            self._begin(known, line.heading)
            self._rest(line, known)
            return True
        return bool(self._may_head(line)) and self._begin_unmarked(line)

    def _may_head(self, line: Line) -> bool:
        if line.heading:
            return line.heading <= self.deepest
        return self.deepest == DEEPEST and _stands_as_heading(line)

    def _begin_marked(self, name: str, line: Line) -> bool:
        self._begin(name, line.heading)
        if self._rest(line, name) or not line.text.strip():
            return True
        if line.heading or line.labelled:
            if key(line.text) not in wording.part_headings():
                self.found.renamed.append(line.text.strip())
            return True
        return False  # the mark has slipped into an entry

    def _rest(self, line: Line, name: str) -> bool:
        """Keep what was written behind a heading, on its line; say whether it is that heading."""
        if wording.headings().get(key(line.text)) == name:
            return True
        label, colon, rest = line.text.partition(":")
        if not colon or wording.headings().get(key(label)) != name:
            return False
        if rest.strip():
            self._add(Line(runs=[[rest.strip(), False, False, ""]]))
        return True

    def _begin_unmarked(self, line: Line) -> bool:
        part = wording.part_headings().get(key(line.text))
        if part:
            self._flush()
            self.field, self.part, self.level = "", part, line.heading
            self.elsewhere = ""
            return True
        if not line.heading:
            return False
        if not self.field or (self.level and line.heading <= self.level):
            self._flush()
            self.field, self.elsewhere = "", line.text.strip()
            self.waiting.append(line.text.strip())
            return True
        if self._kind() == "parts" and line.heading <= (self.level or 1) + 1:
            self._item(line.text)
            return True
        return False

    def _begin(self, name: str, level: int, *, again: bool = False) -> None:
        if self.field != name or not again:
            self._flush()
            self.level = level or self.level
        self.field, self.elsewhere = name, ""
        self.part = template.PART_OF[name].key
        self.found.contents.setdefault(name, [])

    def _item(self, heading: str) -> None:
        self.found.contents[self.field].append(Item(_title(heading)))

    def _add(self, line: Line) -> None:
        if self.field:
            self.found.contents[self.field].append(line)
        elif line.text.strip():
            self.waiting.append(line.text.strip())

    def _kind(self) -> str:
        return template.ENTRIES[self.field].kind if self.field else ""

    def _flush(self) -> None:
        """Put words without a field among what is left over, under their own heading."""
        if self.waiting:
            place = self.elsewhere or (place_of_part(self.part) if self.part else _("Beginning"))
            self.found.left_over.append(Remark(place, "\n".join(self.waiting)))
        self.waiting = []

    # --- Tables
    def _take_table(self, table: Table) -> None:
        self.last = None
        if "table" not in table.marks:
            rows = [_field_of_row(row) for row in table.rows]
            if self._is_form(table, rows):
                self._take_facts(table, rows)
                return
            for mark in table.marks:
                if mark in template.ENTRIES:
                    self._begin(mark, 0)
            if self._kind() in TABULAR and self._is_entry(table):
                self._settle_caption()
                self.found.contents[self.field].append(table)
                return
        self._keep(table)

    def _is_form(self, table: Table, rows: list[str]) -> bool:
        """Whether a table is one of the form's own, with fields in its first column."""
        if max(map(len, table.rows), default=0) < 2:
            return False
        if any(line.marks for row in table.rows for line in row[0]):
            return True
        matched = sum(map(bool, rows))
        return matched * 2 > len(rows) and (matched > 1 or not self.field)

    def _is_entry(self, table: Table) -> bool:
        """Whether a table holds the entries of the field: the first one, or one of its columns."""
        first = not any(isinstance(each, Table) for each in self.found.contents[self.field])
        names = wording.columns(self.field)
        head = [key(_text(cell)) for cell in table.rows[0]] if table.rows else []
        return first or sum(name in names for name in head) * 2 >= len(names)

    def _take_facts(self, table: Table, rows: list[str]) -> None:
        self._settle_caption()
        for row, name in zip(table.rows, rows, strict=True):
            lines = [line for cell in row[1:] for line in cell]
            if name:
                self._begin(name, self.level)
                if key(_label(row[0])) not in wording.headings() and _label(row[0]):
                    self.found.renamed.append(_label(row[0]))
                for line in (*_below_label(row[0]), *lines):
                    kept = self._without_form(line)
                    if kept is not None:
                        self._add(kept)
                continue
            words = " | ".join(filter(None, (_text(cell) for cell in row)))
            if words:
                place = place_of_part(self.part) if self.part else _("Beginning")
                self.found.left_over.append(Remark(place, words))
        # What follows the table belongs to no field of it.
        self.field = ""

    def _keep(self, table: Table) -> None:
        """Keep a table of one's own with its section, or else its words."""
        words = "\n".join(" | ".join(map(_text, row)) for row in table.rows)
        if not words.replace("|", "").strip():
            return
        if self.elsewhere or self.part not in WITH_TABLES:
            self._settle_caption()
            self.waiting.append(words)
            return
        caption, self.caption = self.caption, None
        own = OwnTable(self.part, table, caption.text if caption else "")
        self.found.tables.append(own)
        self.last = own
        if "table" not in table.marks:
            entry = template.ENTRIES.get(self.field)
            place = place_of(entry) if entry else place_of_part(self.part)
            text = _("The table is kept. On the page it stands below the text of its section.")
            self.found.notes.append(Remark(place, text))


def _all_lines(outline: Outline) -> Iterator[Line]:
    for block in outline.blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from (line for row in block.rows for cell in row for line in cell)


def _named(line: Line) -> bool:
    """Whether a line is a heading of the form by its mark or its words."""
    return line.heading <= FORM_DEPTH and bool(
        any(mark in template.ENTRIES or mark in ITEMS for mark in line.marks)
        or key(line.text) in wording.headings()
    )


def _known(line: Line) -> str:
    """Return the field of a heading without a mark, by its words in any language."""
    if not (line.heading or _stands_as_heading(line)):
        return ""
    name = wording.headings().get(key(line.text), "")
    return name or wording.headings().get(key(line.text.partition(":")[0]), "")


def _stands_as_heading(line: Line) -> bool:
    words = [run for run in line.runs if run[0].strip()]
    bold = bool(words) and all(run[1] for run in words)
    return bold and not line.level and len(line.text) <= LONGEST_HEADING


def _title(heading: str) -> str:
    """Return the title of an item: "Step 2: Ask" is "Ask"."""
    text = one_line(heading)
    words = "|".join(map(re.escape, wording.item_words()))
    match = re.match(rf"(?:{words})\s*[\d\u0660-\u0669]{{0,3}}\s*(?:[:.\uff1a]|$)", text, re.I)
    return text[match.end() :].strip(" ") if match else text


def _field_of_row(row: list[list[Line]]) -> str:
    if not row:
        return ""
    for line in row[0]:
        for mark in line.marks:
            if mark in template.ENTRIES:
                return mark
    return wording.headings().get(key(_label(row[0])), "")


def _label(cell: list[Line]) -> str:
    """Return the first line of a cell: what follows it is help."""
    return next((line.text.strip() for line in cell if line.text.strip()), "")


def _below_label(cell: list[Line]) -> Iterator[Line]:
    """Yield what people wrote below the label, in its own cell."""
    lines = [line for line in cell if line.text.strip()]
    yield from lines[1:]


def _text(cell: list[Line]) -> str:
    return " ".join(filter(None, (line.text.strip() for line in cell)))
