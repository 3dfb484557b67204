"""From a practice to its fields, and from fields to what `save_draft` stores."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.urls import reverse
from wagtail.models import Page

from core.classification import TAGS
from practices.blocks import WITH_TABLES
from practices.models import PracticePage
from practices.word.fields import Evidence, Grid, Named, Part, PracticeFields, Role, Source
from practices.word.prose import from_html, line, lines, to_html
from users.models import Institution

LINES = ("title", "organisation", "cost", "duration", "contact", "languages")
TEXTS = (
    "summary",
    "condition_legal",
    "condition_cultural",
    "condition_capacity",
    "condition_cooperation",
    "condition_partners",
)
PROSE = ("problem", "results", "what_failed")
AS_THEY_ARE = ("year_from", "year_to", "conditions_not_reported", "voice", "last_confirmed")
ROLE = ("body", "role", "shares", "shares_with", "legal_basis")
PAGES = {"indicators": "indicator", "guidance": "guidance"}
T = TypeVar("T")
HEADERS = ("row", "column", "both", "neither")


def fields_of(page: PracticePage, *, files: bool = True) -> PracticeFields:
    """Return the fields of a practice, be it a draft in memory.

    Without `files` the evidence is its web pages alone, and no file is looked up.
    """
    found: dict[str, Any] = {name: line(getattr(page, name)) for name in LINES}
    found |= {name: lines(getattr(page, name)) for name in TEXTS}
    found |= {name: from_html(getattr(page, name)) for name in PROSE}
    found |= {name: _value(getattr(page, name)) for name in AS_THEY_ARE}
    found |= {name: _codes(page, name) for name in TAGS}
    found |= _linked(page)
    return PracticeFields(
        **found,
        lead_institution=_institution(page),
        institutions=_filled(
            Role(*(line(block.value[name] or "") for name in ROLE)) for block in page.institutions
        ),
        steps=_parts(page.steps),
        building_blocks=_parts(page.building_blocks),
        evidence=_filled(_evidence(block) for block in page.evidence if block.value)
        if files
        else _web_pages(page),
        sources=tuple(
            Source(_document(row.document), line(row.place), row.page_number)
            for row in page.sources.all()
        ),
        # Only their order within a section means anything.
        tables=tuple(
            sorted(map(_grid, page.tables), key=lambda grid: WITH_TABLES.index(grid.section))
        ),
    )


def _value(value: Any) -> Any:
    # A revision keeps dates as they were typed until it is saved to the tables.
    return value if not isinstance(value, datetime.datetime) else value.date()


def _codes(page: PracticePage, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.term.code for tag in getattr(page, name).all()))


def _linked(page: PracticePage) -> dict[str, tuple[Named, ...]]:
    """Return the pages that a practice names, by relation; one query for titles not read yet."""
    wanted: dict[str, list[int]] = {}
    titles: dict[int, str] = {}
    for name, to in PAGES.items():
        rows = list(getattr(page, name).all())
        wanted[name] = [getattr(row, f"{to}_id") for row in rows]
        read = [getattr(row, to) for row in rows if to in row._state.fields_cache]
        titles.update((target.pk, target.title) for target in read)
    if unread := {pk for each in wanted.values() for pk in each} - titles.keys():
        titles.update(Page.objects.filter(pk__in=unread).values_list("pk", "title"))
    return {
        name: tuple(
            Named(pk, line(titles[pk]), reverse("permalink", args=[pk]))
            for pk in each
            if pk in titles
        )
        for name, each in wanted.items()
    }


def _institution(page: PracticePage) -> Named | None:
    body = page.lead_institution
    return Named(body.pk, line(str(body))) if body else None


def _document(document: Any) -> Named:
    return Named(document.pk, line(str(document)), document.url)


def _filled(items: Iterable[T]) -> tuple[T, ...]:
    """Return items without those that say nothing."""
    kept = [item for item in items if item != type(item)()]
    return tuple(kept)


def _parts(stream: Any) -> tuple[Part, ...]:
    return _filled(
        Part(line(block.value["title"] or ""), from_html(block.value["text"])) for block in stream
    )


def _web_pages(page: PracticePage) -> tuple[Evidence, ...]:
    links = [block["value"] for block in page.evidence.raw_data if block["type"] == "link"]
    return _filled(Evidence(line(each["title"] or ""), line(each["url"] or "")) for each in links)


def _evidence(block: Any) -> Evidence:
    if block.block_type == "link":
        return Evidence(line(block.value["title"] or ""), line(block.value["url"] or ""))
    file, note = block.value["file"], line(block.value["note"] or "")
    if file is None:  # deleted since
        return Evidence(note=note)
    named = Named(file.pk, line(file.title), file.url)
    return Evidence(line(file.title), file.url, note, named)


def _grid(block: Any) -> Grid:
    value = block.value
    table = value["table"] or {}
    rows = [[lines(str(cell or "")) for cell in row] for row in table.get("data") or []]
    header = table.get("table_header_choice")
    return Grid(
        section=value["section"],
        rows=tuple(map(tuple, rows)),
        caption=line(value["caption"] or ""),
        header=header if header in HEADERS else "neither",
    )


# --- Back ------------------------------------------------------------------------------------
def stored(page: PracticePage, fields: PracticeFields, names: Iterable[str]) -> dict[str, Any]:
    """Return these fields as `save_draft` takes them; blocks that stay keep their ids."""
    found: dict[str, Any] = {}
    for name in names:
        value = getattr(fields, name)
        if name in PROSE:
            found[name] = to_html(value)
        elif name in STREAMS:
            blocks = [STREAMS[name](item) for item in value]
            found[name] = _with_ids(blocks, list(getattr(page, name).raw_data) if page.pk else [])
        elif name in PAGES:
            found[name] = [target.pk for target in value]
        elif name == "lead_institution":
            found[name] = Institution.objects.filter(pk=value.pk).first() if value else None
        elif name == "sources":
            found[name] = [
                {"document": row.document.pk, "place": row.place, "page_number": row.page}
                for row in value
            ]
        else:
            found[name] = list(value) if name in TAGS else value
    return found


def _stored_role(role: Role) -> dict[str, Any]:
    return {"type": "institution", "value": {name: getattr(role, name) for name in ROLE}}


def _stored_part(kind: str) -> Callable[[Part], dict[str, Any]]:
    return lambda part: {
        "type": kind,
        "value": {"title": part.title, "text": to_html(part.text)},
    }


def _stored_evidence(evidence: Evidence) -> dict[str, Any]:
    if evidence.file:
        return {"type": "file", "value": {"file": evidence.file.pk, "note": evidence.note}}
    return {"type": "link", "value": {"title": evidence.title, "url": evidence.url}}


def _stored_grid(grid: Grid) -> dict[str, Any]:
    table = {
        "data": [list(row) for row in grid.rows],
        "cell": [],
        "first_row_is_table_header": grid.header in ("row", "both"),
        "first_col_is_header": grid.header in ("column", "both"),
        "table_header_choice": grid.header,
        "table_caption": "",
    }
    value = {"section": grid.section, "caption": grid.caption, "table": table}
    return {"type": "table", "value": value}


STREAMS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "institutions": _stored_role,
    "steps": _stored_part("step"),
    "building_blocks": _stored_part("building_block"),
    "evidence": _stored_evidence,
    "tables": _stored_grid,
}


def _with_ids(blocks: Sequence[dict[str, Any]], before: list[Any]) -> list[dict[str, Any]]:
    """Give blocks the ids of those they continue: addresses and comments point at them.

    A block continues the one of the same title (or name), else the one at its place.
    """
    old = [dict(block) for block in before if block.get("id")]
    matched: dict[int, str] = {}
    for place, block in enumerate(blocks):
        by_distance = sorted(range(len(old)), key=lambda other: abs(other - place))
        same = [old[n]["id"] for n in by_distance if _same_title(block, old[n])]
        free = [key for key in same if key not in matched.values()]
        if free:
            matched[place] = free[0]
    for place, block in enumerate(blocks[: len(old)]):
        there = old[place]
        free_here = there["id"] not in matched.values() and there["type"] == block["type"]
        if place not in matched and free_here:
            matched[place] = there["id"]
    return [
        block | ({"id": matched[place]} if place in matched else {})
        for place, block in enumerate(blocks)
    ]


def _same_title(block: dict[str, Any], other: dict[str, Any]) -> bool:
    keys = ("title", "body", "file")
    if block["type"] != other["type"]:
        return False
    mine = [block["value"].get(key) for key in keys]
    return any(mine) and mine == [other["value"].get(key) for key in keys]
