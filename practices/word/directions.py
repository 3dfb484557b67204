"""Which way words run: from right to left in Arabic, from left to right in Latin script."""

import unicodedata
from collections.abc import Iterator
from itertools import accumulate, groupby

# True: to the left; False: to the right; None: a sign or a digit, which runs either way.
Way = bool | None


def is_right_to_left(text: str, otherwise: bool) -> bool:
    """Return which way a text runs, by its first letter; `otherwise` where it has none."""
    return next((way for each in text if (way := _way(each)) is not None), otherwise)


def stretches(text: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Yield a text in parts that run one way each, with that way; `rtl` is that of its paragraph.

    Signs and digits run with the letters around them or, where these differ, with the paragraph
    (Unicode Standard Annex 9, rules N1 and N2).
    """
    own = [_way(each) for each in text]
    before = accumulate(own, _latest)
    after = reversed(list(accumulate(reversed(own), _latest)))
    ways = [
        each if each is not None else _between({left, right} - {None}, rtl)
        for each, left, right in zip(own, before, after, strict=True)
    ]
    for way, letters in groupby(zip(text, ways, strict=True), key=lambda each: each[1]):
        yield "".join(letter for letter, _kind in letters), way


def _between(sides: set[Way], rtl: bool) -> bool:
    return bool(sides.pop()) if len(sides) == 1 else rtl


def _latest(known: Way, way: Way) -> Way:
    return known if way is None else way


def _way(letter: str) -> Way:
    kind = unicodedata.bidirectional(letter)
    return True if kind in ("R", "AL") else False if kind == "L" else None
