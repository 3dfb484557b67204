"""Pictures of the exchange, drawn on the server; each has its facts as text beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_bidi

from adoption.models import Adoption
from members.signing import adapter_name

WIDTH, STEP, NODE = 460, 46, 165
LONGEST = 18


@dataclass(frozen=True)
class Arrow:
    """One adaptation in the picture: from the origin to a name, at a height."""

    name: str
    full_name: str
    years: str
    result: str
    result_label: str
    confirmed: bool
    y: int
    path: str


def short(name: str) -> str:
    """Return a name that fits into its box."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def trail_picture(origin: str, adoptions: Iterable[Adoption]) -> dict[str, Any]:
    """Return what `adoption/_trail_picture.html` draws: who has adapted it from whom."""
    rows = list(adoptions)
    rtl = get_language_bidi()
    height = max(len(rows), 1) * STEP
    middle = height / 2
    start, end = (WIDTH - NODE, NODE) if rtl else (NODE, WIDTH - NODE)
    arrows = []
    for place, row in enumerate(rows):
        y = place * STEP + STEP // 2
        bend = (start + end) / 2
        path = f"M{start} {middle:g}C{bend:g} {middle:g} {bend:g} {y} {end} {y}"
        name = adapter_name(row)
        arrows.append(
            Arrow(
                name=short(name),
                full_name=name,
                years=years(row),
                result=row.result,
                result_label=row.get_result_display(),
                confirmed=row.state == Adoption.State.CONFIRMED,
                y=y,
                path=path,
            )
        )
    near, far = (WIDTH - NODE, 0) if rtl else (0, WIDTH - NODE)
    return {
        "origin": short(origin),
        "arrows": arrows,
        "width": WIDTH,
        "height": height,
        "node": NODE,
        "middle": middle,
        "near": near,
        "far": far,
        "inset": NODE - 12 if rtl else 12,
    }


def years(adoption: Adoption) -> str:
    """Return the years of an adaptation: "2023", "2023-2024", "2023-"."""
    first, last = adoption.year_from, adoption.year_to
    if last is None:
        return f"{first}\N{EN DASH}"
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"
