"""All public practices as one table, with where they come from; it can be imported again."""

import datetime
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import tablib
from django.utils import timezone

from core.classification import TAGS
from core.linked import expect
from core.visibility import EVERYBODY, live_public
from practices.importing.cells import guarded
from practices.importing.sheet import COLUMNS, FIELDS, PROVENANCE, REMARK, cells_of, help_of
from practices.models import PracticePage
from practices.word.pages import fields_of
from practices.word.prose import writable
from practices.word.visible import visible_pages

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# What fits into a cell of a spreadsheet.
LONGEST_CELL = 32_767


def export(ending: str, site_url: str) -> bytes:
    """Return what everybody may read, as csv, xlsx or json."""
    rows = list(_rows(site_url))
    if ending == "json":
        return json.dumps({"practices": rows}, ensure_ascii=False, indent=1).encode()
    return _table([*COLUMNS, *PROVENANCE], rows, ending)


def template(ending: str) -> bytes:
    """Return the columns with a row of help, which an import passes over."""
    helped = {name: help_of(name) for name in COLUMNS}
    helped["external_id"] = f"{REMARK} {helped['external_id']}"
    return _table(list(COLUMNS), [helped], ending)


def _table(columns: list[str], rows: list[dict[str, str]], ending: str) -> bytes:
    data = tablib.Dataset(headers=columns, title="practices")
    for row in rows:
        cells = [guarded(writable(row.get(name, ""))) for name in columns]
        if ending == "xlsx" and max(map(len, cells)) > LONGEST_CELL:
            # Half a text would come back as the whole: the row is named, and passed over.
            cells = [f"{REMARK} {cells[0]}: too long for a spreadsheet", *cells[1:]]
            cells = [cell[:LONGEST_CELL] for cell in cells]
        data.append(cells)
    if ending == "xlsx":
        return bytes(data.export("xlsx"))
    # The mark tells spreadsheets that it is UTF-8.
    return str(data.export("csv")).encode("utf-8-sig")


def _rows(site_url: str) -> Iterator[dict[str, str]]:
    pages = list(
        live_public(PracticePage.objects.order_by("path"))
        .select_related("lead_institution", "locale")
        .prefetch_related(
            *(f"{name}__term" for name in TAGS),
            "indicators__indicator",
            "guidance__guidance",
            "sources__document",
        )
    )
    for page in pages:
        expect(page)
    fields = [fields_of(page, files=False) for page in pages]
    named = [each for one in fields for each in (*one.indicators, *one.guidance)]
    visible = visible_pages(named, EVERYBODY)
    now = timezone.now()
    for page, one in zip(pages, fields, strict=True):
        shown = {
            name: tuple(
                type(each)(each.pk, each.name, urljoin(site_url, each.url))
                for each in getattr(one, name)
                if each.pk in visible
            )
            for name in ("indicators", "guidance")
        }
        cells = cells_of(type(one)(**{name: getattr(one, name) for name in FIELDS} | shown))
        yield _keys(page) | cells | _provenance(page, site_url, now)


def _keys(page: Any) -> dict[str, str]:
    return {
        "external_id": page.external_id or f"px-{page.translation_key}",
        "language": page.locale.language_code,
    }


def _provenance(page: Any, site_url: str, now: datetime.datetime) -> dict[str, str]:
    def day(moment: datetime.datetime | None) -> str:
        return moment.date().isoformat() if moment else ""

    return {
        "address": urljoin(site_url, page.permalink),
        "first_published": day(page.first_published_at),
        "last_published": day(page.last_published_at),
        "exported": day(now),
        "exported_from": site_url,
    }
