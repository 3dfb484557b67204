"""Figures drawn on the server: the world map and bars. Each has its numbers as text beside it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, ngettext

register = template.Library()

WORLD_FILE = Path(__file__).resolve().parents[1] / "data" / "world.json"
# The least number of each class of the map, from the palest to the darkest.
CLASSES = (1, 2, 3, 5, 10)


class MapRow(TypedDict):
    """One country of the map: its M49 number, name, number of practices and address."""

    m49: str
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class World:
    """The outlines of countries by M49 number, and dots for those too small to draw."""

    view_box: str
    shapes: Mapping[str, str]
    dots: Mapping[str, tuple[float, float]]


@cache
def world() -> World:
    """Return the outlines of the file `site/core/data/world.json`."""
    data = json.loads(WORLD_FILE.read_text(encoding="utf-8"))
    return World(
        view_box=str(data["viewBox"]),
        shapes={row["m49"]: row["d"] for row in data["countries"]},
        dots={row["m49"]: (row["x"], row["y"]) for row in data["dots"]},
    )


def map_class(count: int) -> int:
    """Return the class of the map, from 1 to 5, that a count of at least 1 belongs to."""
    return sum(count >= least for least in CLASSES)


def legend(most: int) -> list[tuple[int, str]]:
    """Return (class, its range in words) for the classes that occur up to this count."""
    rows = []
    for number, least in enumerate(CLASSES, start=1):
        if least > most:
            break
        if number == len(CLASSES):
            rows.append((number, f"{least}+"))
        else:
            top = CLASSES[number] - 1
            rows.append((number, str(least) if top == least else f"{least}\u2013{top}"))
    return rows


@register.inclusion_tag("components/world_map.html")
def world_map(rows: Iterable[MapRow], folded: bool = True) -> dict[str, Any]:
    """Show the countries that have something, each a link; the same as a table when `folded`."""
    some = [row for row in rows if row["count"] > 0]
    shown = sorted(some, key=lambda row: (-row["count"], row["label"]))
    drawn = {row["m49"] for row in shown}
    outlines = world()
    return {
        "view_box": outlines.view_box,
        # One path for all the rest keeps the page small: nothing else is told of them.
        "land": " ".join(d for m49, d in outlines.shapes.items() if m49 not in drawn),
        "countries": format_html_join("", "{}", ((_country(row, outlines),) for row in shown)),
        "legend": legend(max((row["count"] for row in shown), default=0)),
        "rows": shown,
        "folded": folded,
    }


def _country(row: MapRow, outlines: World) -> SafeString:
    """Return one country as a link; a small state is a dot, one without an outline nothing."""
    css = f"map-{map_class(row['count'])}"
    if row["m49"] in outlines.dots:
        x, y = outlines.dots[row["m49"]]
        shape = format_html('<circle class="{}" cx="{}" cy="{}" r="5"/>', css, x, y)
    elif row["m49"] in outlines.shapes:
        shape = format_html('<path class="{}" d="{}"/>', css, outlines.shapes[row["m49"]])
    else:
        return mark_safe("")
    name = ngettext("%(label)s: %(count)d practice", "%(label)s: %(count)d practices", row["count"])
    return format_html(
        '<a href="{}"><title>{}</title>{}</a>',
        row["url"],
        name % {"label": row["label"], "count": row["count"]},
        shape,
    )


class BarRow(TypedDict):
    """One bar: what it counts and how many."""

    label: str
    value: int


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(rows: Sequence[BarRow], title: str, unit: str = "") -> dict[str, Any]:
    """Show horizontal bars on one scale from 0, with the same numbers as a table beneath."""
    most = max((row["value"] for row in rows), default=0) or 1
    width, step, rtl = 600, 44, get_language_bidi()
    bars = []
    for place, row in enumerate(rows):
        length = round((width - 60) * row["value"] / most, 1)
        bars.append(
            {
                **row,
                "text_y": place * step + 15,
                "bar_y": place * step + 22,
                "bar_x": width - length if rtl else 0,
                "length": length,
                "value_x": width - length - 8 if rtl else length + 8,
                "value_y": place * step + 33,
            }
        )
    return {
        "title": title,
        "unit": unit,
        "bars": bars,
        "width": width,
        "height": len(bars) * step,
        "start": width if rtl else 0,
    }
