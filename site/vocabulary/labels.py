"""Labels of terms by code, in the reader's language."""

from collections.abc import Mapping

from vocabulary.kinds import KINDS, LANGUAGES
from vocabulary.models import Country, Region
from vocabulary.stamp import until_changed
from vocabulary.words import fold

FALLBACK = LANGUAGES[0]
WORLD = "001"


@until_changed
def _labels(kind: str, language: str) -> Mapping[str, str]:
    """Return {code: label} in the order of the terms; English where this language has none."""
    rows = KINDS[kind]._default_manager.filter(locale__language_code__in={language, FALLBACK})
    found: dict[str, tuple[int, str]] = {}
    listed = rows.values_list("code", "sort_order", "label", "locale__language_code")
    for code, place, text, row_language in listed:
        if row_language == language or code not in found:
            found[code] = (place, text)
    # Sorted here, not by the database, which would put Åland and Égypte behind Zimbabwe.
    in_order = sorted(found.items(), key=lambda item: (item[1][0], fold(item[1][1])))
    return {code: text for code, (_place, text) in in_order}


def labels(kind: str, language: str) -> dict[str, str]:
    """Return {code: label} of a kind of terms, in their order; English fills what is missing.

    Kinds are those of `vocabulary.kinds.KINDS`; another raises `KeyError`. `language` may be a
    variant ("es-mx").
    """
    return dict(_labels(kind, language.split("-")[0].lower()))


def label(kind: str, code: str, language: str) -> str:
    """Return the label of one term, or its code if there is no such term."""
    return _labels(kind, language.split("-")[0].lower()).get(code, code)


@until_changed
def _parents() -> Mapping[str, str]:
    rows = Region.objects.filter(locale__language_code=FALLBACK)
    return dict(rows.exclude(parent=None).values_list("code", "parent__code"))


@until_changed
def _smallest_regions() -> Mapping[str, str]:
    rows = Country.objects.filter(locale__language_code=FALLBACK)
    return dict(rows.exclude(region=None).values_list("code", "region__code"))


def regions_of(iso3: str) -> tuple[str, ...]:
    """Return the M49 codes of a country's regions, smallest first, without the world's.

    An unknown country has none: regions_of("GEO") is ("145", "142"), regions_of("??") is ().
    """
    return region_path(_smallest_regions().get(iso3, ""))


def region_path(region: str) -> tuple[str, ...]:
    """Return a region and those it lies in by their M49 codes, smallest first, without the world.

    region_path("145") is ("145", "142"), region_path("") is ().
    """
    path: list[str] = []
    while region and region != WORLD and region not in path:
        path.append(region)
        region = _parents().get(region, "")
    return tuple(path)


@until_changed
def _countries_by_region(language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    country_labels = labels("country", language)
    region_labels = labels("region", language)
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, name in country_labels.items():
        path = regions_of(code)
        groups.setdefault(path[0] if path else WORLD, []).append((code, name))
    named = [(region_labels.get(region, region), tuple(rows)) for region, rows in groups.items()]
    return tuple(sorted(named, key=lambda group: fold(group[0])))


def countries_by_region(language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return ((region label, ((iso3, country label), ...)), ...): the choices of a select box."""
    return _countries_by_region(language.split("-")[0].lower())
