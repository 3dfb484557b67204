"""Turns what a Word file holds into the fields of a practice; nothing is lost on the way."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from practices.models import PracticePage
from practices.word import template, values, wording
from practices.word.fields import Evidence, Grid, Named, Part, PracticeFields, Role, Source
from practices.word.labels import key
from practices.word.names import Names
from practices.word.outline import Line, Outline, Table
from practices.word.prose import SAFE_ADDRESS, Piece, Prose, Run, line, lines, tidy
from practices.word.remarks import Remark, line_of, place_of, row_of
from practices.word.sorting import Content, Item, OwnTable, Sorted, sort
from practices.word.template import Entry

# Boxes that are ticked, and boxes that are not: of Word, of other programs, and typed.
ON = r"[\u2612\u2611\u2713\u2714\u2717\u2718\u25a0\u25cf]|\[\s*[xX\u00d7]\s*\]|[xX\u00d7](?=\s)"
OFF = r"[\u2610\u25a1\u25cb]|\[\s*\]"
BOX = re.compile(rf"\s*(?:(?P<on>{ON})|(?P<off>{OFF}))\s*")


@dataclass(frozen=True)
class Understood:
    """The fields that the file has (`present`), what is wrong, and what found no place."""

    fields: PracticeFields
    present: tuple[str, ...]
    problems: tuple[Remark, ...] = ()
    left_over: tuple[Remark, ...] = ()
    page: int | None = None
    revision: int | None = None
    language: str = ""


def understand(outline: Outline, names: Names) -> Understood:
    """Return what an outline says of a practice, told in the language that is active."""
    return _Reader(sort(outline), names, outline).understood()


class _Reader:
    def __init__(self, found: Sorted, names: Names, outline: Outline) -> None:
        self.sorted, self.names, self.outline = found, names, outline
        self.problems: list[Remark] = list(found.notes)
        self.left_over: list[Remark] = list(found.left_over)
        self.ways: dict[str, Callable[[Entry, list[Content]], Any]] = {
            "line": self._line,
            "lines": self._lines,
            "prose": lambda entry, contents: self._prose(entry, contents, heading=False),
            "year": self._year,
            "day": self._day,
            "institution": self._institution,
            "terms": self._terms,
            "pages": self._pages,
            "tick": self._tick,
            "voice": self._voice,
            "roles": self._roles,
            "parts": self._parts,
            "evidence": self._evidence,
            "sources": self._sources,
        }

    def understood(self) -> Understood:
        found: dict[str, Any] = {}
        for name, entry in template.ENTRIES.items():
            if name in self.sorted.contents:
                found[name] = self.ways[entry.kind](entry, self.sorted.contents[name])
        if found:
            found["tables"] = tuple(map(self._grid, self.sorted.tables))
        self._tell_the_rest()
        if found.get("voice") == "":
            del found["voice"]  # none is ticked: as it was
        return Understood(
            PracticeFields(**found),
            tuple(found),
            tuple(self.problems),
            tuple(self.left_over),
            self.sorted.page,
            self.sorted.revision,
            self.sorted.language,
        )

    def _tell_the_rest(self) -> None:
        if self.sorted.renamed:
            texts = "\n".join(self.sorted.renamed)
            self.left_over.append(Remark(_("Headings with words of their own"), texts))
        for text in self.outline.margins:
            self.left_over.append(Remark(_("Top or bottom of the pages"), text))
        if self.outline.pictures:
            text = _("Pictures are not taken over. Add them as files to the evidence.")
            self.problems.append(Remark(_("The whole file"), text))

    def _problem(self, place: str, text: str) -> None:
        self.problems.append(Remark(place, text))

    def _keep(self, place: str, text: str) -> None:
        if text.strip():
            self.left_over.append(Remark(place, text.strip()))

    # --- Words
    def _texts(self, entry: Entry, contents: Sequence[Content]) -> list[str]:
        """Return the lines of a field that holds no tables; the words of tables are left over."""
        found = []
        for content in contents:
            if isinstance(content, Line):
                found.append(self._plain(content))
            elif isinstance(content, Table):
                self._keep(place_of(entry), _words(content))
            else:
                found.append(content.title)
        return found

    def _plain(self, content: Line) -> str:
        """Return the words of a line, with the addresses of its links behind them."""
        parts, runs = [], [*content.runs, ["", False, False, ""]]
        for run, following in pairwise(runs):
            parts.append(run[0])
            href = run[3] if run[3] != following[3] else ""
            shown = "".join(parts)
            if SAFE_ADDRESS.match(href) and href.rstrip("/") not in shown:
                parts.append(f" ({href})")
        sign = "- " if content.level else ""
        return "  " * max(content.level - 1, 0) + sign + "".join(parts)

    def _line(self, entry: Entry, contents: list[Content]) -> str:
        return self._fitting(entry, line(" ".join(self._texts(entry, contents))))

    def _lines(self, entry: Entry, contents: list[Content]) -> str:
        return self._fitting(entry, lines("\n".join(self._texts(entry, contents))))

    def _fitting(self, entry: Entry, text: str) -> str:
        """Return a text that the field can hold; the whole of a longer one is left over."""
        most = PracticePage._meta.get_field(entry.name).max_length
        if most is None or len(text) <= most:
            return text
        message = _("This is too long: %(count)s characters, and %(most)s fit. The whole text is among what is left over.")  # fmt: skip  # noqa: E501
        self._problem(place_of(entry), message % {"count": len(text), "most": most})
        self._keep(place_of(entry), text)
        return text[:most].rsplit(" ", 1)[0].rstrip() or text[:most]

    def _prose(self, entry: Entry, contents: Sequence[Content], *, heading: bool) -> Prose:
        pieces = []
        for content in contents:
            if isinstance(content, Table):
                self._keep(place_of(entry), _words(content))
                continue
            if isinstance(content, Item):
                pieces.append(Piece((Run(content.title, bold=True),)))
                continue
            runs = tuple(self._run(entry, *run) for run in content.runs)
            headed = bool(content.heading)
            if headed and not heading:
                runs = tuple(replace(run, bold=True) for run in runs)
            pieces.append(Piece(runs, content.level, content.ordered, headed and heading))
        return tidy(pieces)

    def _run(self, entry: Entry, text: str, bold: bool, italic: bool, address: str) -> Run:
        href = self.names.link(address) if address else ""
        if address and not href:
            message = _("The link on “%(text)s” cannot be kept: %(address)s")
            self._problem(place_of(entry), message % {"text": text, "address": address[:200]})
        return Run(text, bold, italic, href)

    # --- Small values
    def _year(self, entry: Entry, contents: list[Content]) -> int | None:
        return self._valued(entry, contents, values.year, _("This is no year: “%(text)s”. Write it with four digits."))  # fmt: skip  # noqa: E501

    def _day(self, entry: Entry, contents: list[Content]) -> Any:
        return self._valued(entry, contents, values.day, _("This is no date: “%(text)s”. Write it as year-month-day."))  # fmt: skip  # noqa: E501

    def _valued(
        self, entry: Entry, contents: list[Content], read: Callable[[str], Any], message: str
    ) -> Any:
        text = line(" ".join(self._texts(entry, contents)))
        value = read(text)
        if text and value is None:
            self._problem(place_of(entry), message % {"text": text[:100]})
            self._keep(place_of(entry), text)
        return value

    def _institution(self, entry: Entry, contents: list[Content]) -> Named | None:
        text = line(" ".join(self._texts(entry, contents)))
        found = self.names.institution(text) if text else None
        if text and not found:
            message = _("“%(text)s” is not among the institutions here. Choose one in the form, or ask the secretariat to add it.")  # fmt: skip  # noqa: E501
            self._problem(place_of(entry), message % {"text": text[:200]})
            self._keep(place_of(entry), text)
        return found

    def _ticked(self, entry: Entry, contents: list[Content]) -> list[tuple[int, str, bool]]:
        """Return (number of the line, words, whether chosen) of each line that has any."""
        found = []
        for number, text in enumerate(self._texts(entry, contents), start=1):
            for part in text.split("\n"):
                match = BOX.match(part)
                words = line(part[match.end() :] if match else part.lstrip(" -\u2022"))
                if words:
                    found.append((number, words, not (match and match["off"])))
        return found

    def _terms(self, entry: Entry, contents: list[Content]) -> tuple[str, ...]:
        codes: list[str] = []
        for number, text, chosen in self._ticked(entry, contents):
            place = line_of(place_of(entry), number)
            for part in self._split(entry.terms, text):
                code = self.names.term(entry.terms, part)
                if code and chosen:
                    codes.append(code)
                elif not code:
                    self._unknown(entry, place, part)
        return tuple(dict.fromkeys(codes))

    def _split(self, kind: str, text: str) -> list[str]:
        """Return the names in a line: as a whole, else parted by semicolons, else by commas."""
        for sign in (None, ";", "\u061b", ",", "\u060c"):
            parts = [text] if sign is None else [p.strip() for p in text.split(sign) if p.strip()]
            if any(self.names.term(kind, part) for part in parts):
                return parts
        return re.split(r"\s*[;\u061b]\s*", text.strip("; "))

    def _unknown(self, entry: Entry, place: str, text: str) -> None:
        near = self.names.nearest(entry.terms, text, get_language() or "en")
        message = _("“%(text)s” is not in this list.") % {"text": text[:200]}
        if near:
            message += " " + _("Did you mean “%(near)s”?") % {"near": near}
        self._problem(place, message)
        self._keep(place, text)

    def _pages(self, entry: Entry, contents: list[Content]) -> tuple[Named, ...]:
        found = []
        for number, content in enumerate(contents, start=1):
            if not isinstance(content, Line) or not content.text.strip():
                continue
            address = next((run[3] for run in content.runs if run[3]), "")
            target = self.names.page(entry.name, line(content.text), address)
            if target:
                found.append(target)
                continue
            place = line_of(place_of(entry), number)
            text = line(content.text)
            message = _("Nothing on this site has the title “%(text)s”.")
            self._problem(place, message % {"text": text[:200]})
            self._keep(place, text)
        return tuple(dict.fromkeys(found))

    def _tick(self, entry: Entry, contents: list[Content]) -> bool:
        chosen = False
        for _number, text, on in self._ticked(entry, contents):
            said = values.yes(text)
            if said is None and key(text) not in _labels(entry):
                self._keep(place_of(entry), text)
                continue
            boxed = said is None or said
            chosen = chosen or (on and boxed and said is not False)
        return chosen

    def _voice(self, entry: Entry, contents: list[Content]) -> str:
        codes = []
        for number, text, on in self._ticked(entry, contents):
            code = values.voice(text)
            if code is None:
                self._keep(line_of(place_of(entry), number), text)
            elif on:
                codes.append(code)
        if len(set(codes)) > 1:
            self._problem(place_of(entry), _("Several are ticked; none of them is taken."))
            return ""
        return codes[0] if codes else ""

    # --- Tables
    def _rows(
        self, entry: Entry, contents: list[Content]
    ) -> list[tuple[str, dict[str, list[Line]]]]:
        """Return (place, {column: lines}) of each row with words; other words are left over."""
        found = []
        for content in contents:
            if not isinstance(content, Table):
                text = self._plain(content) if isinstance(content, Line) else content.title
                self._keep(place_of(entry), text)
                continue
            known = wording.columns(entry.name)
            head = [known.get(key(_cell(cell)), "") for cell in content.rows[0]]
            headed = sum(map(bool, head)) * 2 >= len(wording.COLUMNS[entry.name])
            order = head if headed else list(wording.COLUMNS[entry.name])
            for number, row in enumerate(content.rows[headed:], start=1):
                place = row_of(place_of(entry), number)
                cells: dict[str, list[Line]] = {}
                for position, cell in enumerate(row):
                    name = order[position] if position < len(order) else ""
                    if name and name not in cells:
                        cells[name] = cell
                    else:
                        self._keep(place, _cell(cell))
                if any(_cell(cell) for cell in cells.values()):
                    found.append((place, cells))
        return found

    def _roles(self, entry: Entry, contents: list[Content]) -> tuple[Role, ...]:
        rows = [
            Role(**{name: _cell(cell) for name, cell in cells.items()})
            for _place, cells in self._rows(entry, contents)
        ]
        return tuple(rows)

    def _evidence(self, entry: Entry, contents: list[Content]) -> tuple[Evidence, ...]:
        found = []
        for place, cells in self._rows(entry, contents):
            words = {name: _cell(cells.get(name, [])) for name in ("title", "url", "note")}
            links = [run[3] for name in ("url", "title") for each in cells.get(name, []) for run in each.runs if run[3]]  # fmt: skip  # noqa: E501
            address = next((a for a in (words["url"], *links) if SAFE_ADDRESS.match(a)), "")
            file = self.names.file(address or words["url"])
            if file:
                found.append(Evidence(file.name, file.url, words["note"], file))
            elif address and address.lower().startswith("http"):
                found.append(Evidence(words["title"] or address, address))
                self._keep(place, words["note"])
            else:
                message = _("This row has no address that begins with https:// or http://.")
                self._problem(place, message)
                self._keep(place, " | ".join(filter(None, words.values())))
        return tuple(found)

    def _sources(self, entry: Entry, contents: list[Content]) -> tuple[Source, ...]:
        found = []
        for place, cells in self._rows(entry, contents):
            words = {name: _cell(cells.get(name, [])) for name in ("document", "place", "page")}
            document = self.names.document(words["document"])
            page = values.number(words["page"])
            if document is None:
                message = _("“%(text)s” is not among the documents here. The secretariat can add it.")  # fmt: skip  # noqa: E501
                self._problem(place, message % {"text": words["document"][:200]})
                self._keep(place, " | ".join(filter(None, words.values())))
                continue
            if words["page"] and page is None:
                self._keep(place, words["page"])
            found.append(Source(document, words["place"][:255], page))
        return tuple(found)

    def _parts(self, entry: Entry, contents: list[Content]) -> tuple[Part, ...]:
        groups: list[tuple[str, list[Content]]] = []
        for content in contents:
            if isinstance(content, Item):
                groups.append((content.title, []))
            elif groups:
                groups[-1][1].append(content)
            else:
                groups.append(("", [content]))
        parts = [Part(line(title), self._prose(entry, inside, heading=True)) for title, inside in groups]  # fmt: skip  # noqa: E501
        kept = [part for part in parts if part != Part()]
        if len(kept) == 1 and not kept[0].title and not any(isinstance(c, Item) for c in contents):
            return _numbered(kept[0])
        return tuple(kept)

    def _grid(self, own: OwnTable) -> Grid:
        rows = tuple(
            tuple(lines("\n".join(map(self._plain, cell))) for cell in row)
            for row in own.table.rows
        )
        return Grid(own.section, rows, line(own.caption), own.table.header)


def _numbered(part: Part) -> tuple[Part, ...]:
    """Return each item of a text that is one numbered list as a step of its own."""
    if not part.text or not all(piece.level > 1 or (piece.level and piece.ordered) for piece in part.text):  # fmt: skip  # noqa: E501
        return (part,)
    steps: list[list[Piece]] = []
    for piece in part.text:
        if piece.level == 1:
            steps.append([replace(piece, level=0, ordered=False)])
        else:
            steps[-1].append(replace(piece, level=piece.level - 1))
    return tuple(Part("", tidy(pieces)) for pieces in steps)


def _cell(cell: Sequence[Line]) -> str:
    return line(" ".join(each.text for each in cell))


def _words(table: Table) -> str:
    return "\n".join(" | ".join(map(_cell, row)) for row in table.rows)


def _labels(entry: Entry) -> set[str]:
    return {name for name, field in wording.headings().items() if field == entry.name}
