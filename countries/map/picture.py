"""The map and the matrix as one picture that stands by itself: for slides and printed reports."""

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from countries.map.grid import Cell, Grid, Tone
from countries.map.world import HEIGHT, WIDTH, World, legend

# The map's own colours, and paler ones behind numbers; whoever sees none has the signs.
LAND = "#e4e0d5"
DARK = {Tone.UNMET: "#8a4b00", Tone.SHORT: "#e0a95a", Tone.MET: "#36878f", Tone.OFFERED: "#94c4c7"}
PALE = {
    Tone.UNMET: "#f3d3ad",
    Tone.SHORT: "#fbedd0",
    Tone.MET: "#cde5e6",
    Tone.OFFERED: "#eaf4f4",
    Tone.EMPTY: "#ffffff",
}
MARGIN, NAMES, LEAST, LINE, ROW = 24, 250, 62, 15, 46
LETTERS_OF_NAME, LETTERS_OF_HEAD, MOST_LINES = 36, 13, 4
LEGEND = 34


@dataclass(frozen=True)
class Text:
    """Lines of text, one below the other; `x` is where they begin or, in the middle, stand."""

    x: float
    y: float
    lines: list[str]

    def placed(self) -> Iterator[tuple[float, str]]:
        """Yield (y, line)."""
        for number, line in enumerate(self.lines):
            yield round(self.y + number * LINE, 1), line


@dataclass(frozen=True)
class Box:
    """One cell where it is drawn."""

    x: float
    y: float
    width: float
    cell: Cell

    @property
    def fill(self) -> str:
        """The colour behind its numbers."""
        return PALE[self.cell.tone]

    @property
    def middle(self) -> tuple[float, float]:
        """Where its numbers stand."""
        return round(self.x + self.width / 2, 1), self.y + ROW / 2 + 5


@dataclass(frozen=True)
class Key:
    """One colour with its sign and what they mean."""

    x: float
    y: float
    words_x: float
    colour: str
    sign: str
    meaning: str


@dataclass(frozen=True)
class Picture:
    """All that is drawn; right to left where the language is."""

    title: str
    description: str
    language: str
    rtl: bool
    width: float
    height: float
    world: World
    colours: dict[str, str]
    land: str
    key: list[Key]
    heads: list[Text]
    names: list[Text]
    boxes: list[Box]
    source: Text

    @property
    def edge(self) -> float:
        """Where a line of text begins."""
        return self.width - MARGIN if self.rtl else MARGIN


def picture_of(grid: Grid, world: World) -> Picture:
    """Return the picture of one reading of the map."""
    lines, rtl = grid.lines, get_language_bidi()
    columns = [column for column, _cell in lines[0][1]]
    step = max(LEAST, (WIDTH - NAMES) / len(columns))
    width = NAMES + step * len(columns) + 2 * MARGIN

    def at(left: float, wide: float) -> float:
        return round(width - left - wide if rtl else left, 1)

    key_top = 70 + HEIGHT + 20
    top = key_top + LEGEND * 2 + MOST_LINES * LINE
    heads, names, boxes = [], [], []
    for number, column in enumerate(columns):
        left = MARGIN + NAMES + number * step
        words = _folded(column.label, LETTERS_OF_HEAD)
        y = top - 8 - (len(words) - 1) * LINE
        heads.append(Text(at(left, step) + step / 2, y, words))
    for number, (row, cells) in enumerate(lines):
        y = top + number * ROW
        names.append(Text(at(MARGIN, 0), y + 18, _folded(row.label, LETTERS_OF_NAME)[:2]))
        for place, (_column, cell) in enumerate(cells):
            left = MARGIN + NAMES + place * step
            boxes.append(Box(at(left, step), y, round(step, 1), cell))
    bottom = top + len(lines) * ROW
    return Picture(
        title=_("Gap map"),
        description=_("What is known and what is wanted, by country and in a matrix."),
        language=get_language() or "en",
        rtl=rtl,
        width=round(width),
        height=bottom + 70,
        world=world,
        colours={str(tone): colour for tone, colour in DARK.items()},
        land=LAND,
        key=_key(key_top, at),
        heads=heads,
        names=names,
        boxes=boxes,
        source=Text(at(MARGIN, 0), bottom + 24, [notes(), boundaries()]),
    )


def notes() -> str:
    """Return what the numbers are and of which day."""
    return _("%(site)s, %(day)s. First number: known; second: wanted.") % {
        "site": settings.WAGTAIL_SITE_NAME,
        "day": date_format(timezone.localdate()),
    }


def boundaries() -> str:
    """Return what lines on the map do not mean."""
    return _(
        "The boundaries and names shown do not imply official endorsement or acceptance by the "
        "Alliance or its members. Small states are shown as dots."
    )


def _key(top: float, at: Callable[[float, float], float]) -> list[Key]:
    """Return the legend in two lines of two."""
    return [
        Key(
            x=at(MARGIN + number // 2 * WIDTH / 2, 16),
            y=top + number % 2 * 22,
            words_x=at(MARGIN + 24 + number // 2 * WIDTH / 2, 0),
            colour=DARK[tone],
            sign=sign,
            meaning=meaning,
        )
        for number, (tone, sign, meaning) in enumerate(legend())
    ]


def _folded(text: str, letters: int) -> list[str]:
    return textwrap.wrap(text, letters, break_long_words=False, max_lines=MOST_LINES) or [""]
