"""The columns of the gap map, and which of them a place belongs to."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from countries.map.asked import REST, Across, Asked, parent_of
from vocabulary.labels import WORLD, labels, region_path, regions_of
from vocabulary.words import fold

COUNTRY_CODE = 3


def path_of(place: str) -> tuple[str, ...]:
    """Return a country or region and the regions it lies in, smallest first."""
    if place.isalpha() and len(place) == COUNTRY_CODE:
        return (place, *regions_of(place))
    return region_path(place)


def settled(asked: Asked, places: Iterable[str]) -> Asked:
    """Return a reading that has columns: countries stand in a region, and a small region in them.

    Where countries are asked for and no region, the one that most of `places` lie in.
    """
    if asked.across == Across.REGION and asked.region and not regions_in(asked.region):
        return replace(asked, across=Across.COUNTRY)
    if asked.across == Across.COUNTRY and not asked.region:
        here = [path_of(place)[-1:] for place in places]
        counts = [(here.count((code,)), code) for code in regions_in("")]
        return replace(asked, region=max(counts, default=(0, ""))[1])
    return asked


def regions_in(region: str) -> list[str]:
    """Return the regions right below one ("": below the world), by their names."""
    known = labels("region", get_language() or "en")
    inside = [code for code in known if code != WORLD and parent_of(code) == region]
    return sorted(inside, key=lambda code: fold(known[code]))


def countries_in(region: str) -> list[str]:
    """Return the countries of a region by their names."""
    known = labels("country", get_language() or "en")
    return [code for code in known if region in regions_of(code)]


def columns_of(asked: Asked) -> dict[str, str]:
    """Return {code: name} of the columns of a reading that is settled, without that of the rest."""
    kind = "country" if asked.across == Across.COUNTRY else "region"
    inside = countries_in if asked.across == Across.COUNTRY else regions_in
    known = labels(kind, get_language() or "en")
    return {code: known[code] for code in inside(asked.region)}


def rest_of(asked: Asked) -> str:
    """Return what the column of the rest is called."""
    return _("The region as a whole") if asked.region else _("No region named")


def columns_for(places: Collection[str], asked: Asked, columns: Collection[str]) -> set[str]:
    """Return the columns that these places belong to; none where they lie outside of the region."""
    if not places:
        return set() if asked.region else {REST}
    paths = [path_of(place) for place in places]
    inside = [path for path in paths if not asked.region or asked.region in path]
    found = {code for path in inside for code in path if code in columns}
    return found or ({REST} if inside else set())


def choices() -> list[tuple[str, str, int]]:
    """Return (code, name, depth) of all regions, each followed by those in it."""
    known = labels("region", get_language() or "en")

    def below(region: str, depth: int) -> list[tuple[str, str, int]]:
        return [
            line
            for code in regions_in(region)
            for line in [(code, known[code], depth), *below(code, depth + 1)]
        ]

    return below("", 0)
