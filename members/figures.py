"""The balance of members: by region and by kind of institution, everybody counted once."""

from collections import Counter
from typing import TypedDict

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.models import Kind, Role
from users.models import Institution
from vocabulary.labels import labels, regions_of


class Row(TypedDict):
    """One bar."""

    label: str
    value: int


def subregion_of(iso3: str) -> str:
    """Return the M49 sub-region of a country, one below the continent; "" where there is none."""
    path = regions_of(iso3)
    return path[-2] if len(path) > 1 else (path[0] if path else "")


def balance() -> tuple[list[Row], list[Row]]:
    """Return the bars by region and by kind of institution, those without anybody included."""
    region_of: dict[int, str] = {}
    kind_of: dict[int, str] = {}
    held = Role.objects.held().exclude(kind=Kind.SECRETARIAT).filter(user__is_active=True)
    told = held.values_list("user_id", "country__code", "institution__kind")
    for user, country, kind in told:
        region_of[user] = region_of.get(user) or (subregion_of(country) if country else "")
        kind_of[user] = kind_of.get(user) or (kind or "")
    return _regions(Counter(region_of.values())), _kinds(Counter(kind_of.values()))


def _regions(counted: Counter[str]) -> list[Row]:
    language = get_language() or "en"
    names = labels("region", language)
    all_regions = {subregion_of(code) for code in labels("country", language)} - {""}
    rows = [Row(label=names.get(code, code), value=counted[code]) for code in all_regions]
    rows.sort(key=lambda row: (-row["value"], row["label"]))
    if counted[""]:
        rows.append(Row(label=_("No single country"), value=counted[""]))
    return rows


def _kinds(counted: Counter[str]) -> list[Row]:
    rows = [
        Row(label=str(label), value=counted[value]) for value, label in Institution.Kind.choices
    ]
    if counted[""]:
        rows.append(Row(label=_("No institution named"), value=counted[""]))
    return rows
