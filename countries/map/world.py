"""The world map of what is known and wanted, country by country."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.templatetags.chart_tags import world
from countries.map.asked import Across, Asked
from countries.map.grid import MEANINGS, SIGNS, Cell, Tone
from countries.map.items import Item
from vocabulary.labels import labels, regions_of
from vocabulary.models import Country
from vocabulary.stamp import steady

WIDTH, HEIGHT = 1000, 440
# Those that the legend explains; land of which nothing is known needs no word.
TOLD = (Tone.UNMET, Tone.SHORT, Tone.MET, Tone.OFFERED)


@dataclass(frozen=True)
class Shape:
    """A country of the map: an outline, or the place of a dot where it is too small to draw."""

    code: str
    words: str
    cell: Cell
    query: str  # of the list of what is known and wanted
    outline: str = ""
    dot: tuple[float, float] = (0, 0)


@dataclass(frozen=True)
class World:
    """The map: the land of which there is nothing to say, and the countries of which there is."""

    land: str
    shapes: list[Shape]
    view_box: str = f"0 0 {WIDTH} {HEIGHT}"


@steady()
def world_of(items: Iterable[Item], asked: Asked) -> World:
    """Return the map of these things; a country's numbers are those of its column."""
    found: dict[str, list[Item]] = defaultdict(list)
    names = labels("country", get_language() or "en")
    for item in items:
        for code in item.places & names.keys():
            found[code].append(item)
    outlines = world()
    numbers = Country.objects.filter(code__in=found, locale__language_code="en")
    shapes = [
        Shape(
            code=code,
            words=in_words(names[code], Cell(found[code])),
            cell=Cell(found[code]),
            query=query_of(asked, code),
            outline="" if m49 in outlines.dots else outlines.shapes.get(m49, ""),
            dot=outlines.dots.get(m49, (0, 0)),
        )
        for code, m49 in sorted(numbers.values_list("code", "m49"))
        if m49 in outlines.dots or m49 in outlines.shapes
    ]
    drawn = {shape.outline for shape in shapes}
    return World(" ".join(d for d in outlines.shapes.values() if d not in drawn), shapes)


def query_of(asked: Asked, code: str) -> str:
    """Return the address of a country's column below its smallest region."""
    region = next(iter(regions_of(code)), "")
    return asked.address(across=Across.COUNTRY, region=region, row="", column=code)


def in_words(name: str, cell: Cell) -> str:
    """Return a cell in one line: "Georgia: 3 known, 5 wanted"."""
    return _("%(name)s: %(known)d known, %(wanted)d wanted") % {
        "name": name,
        "known": cell.known,
        "wanted": cell.wanted,
    }


def legend() -> list[tuple[Tone, str, str]]:
    """Return (tone, its sign, what it means)."""
    return [(tone, SIGNS[tone], str(MEANINGS[tone])) for tone in TOLD]
