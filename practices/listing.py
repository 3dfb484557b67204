"""The list of practices and the numbers on its map."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest

from search.filters import Filters
from search.listing import browse, list_kind
from search.results import FacetCount
from vocabulary.models import Country


def list_practices(request: HttpRequest, url: str) -> dict[str, Any]:
    """Return the filtered list, and for the map all that this reader may see."""
    context = list_kind(request, "practice")
    everything = browse(request, Filters(kind=("practice",)), limit=0)
    return context | {"map_rows": map_rows(everything.facets.get("country", []), url)}


def map_rows(counts: Iterable[FacetCount], url: str) -> list[Mapping[str, Any]]:
    """Return {m49, label, count, url} of each country; the address filters the list at `url`."""
    found = {count.code: count for count in counts if count.count}
    numbers = Country.objects.filter(code__in=found, locale__language_code="en")
    return [
        {
            "m49": m49,
            "label": found[code].label,
            "count": found[code].count,
            "url": f"{url}?country={code}",
        }
        for code, m49 in numbers.values_list("code", "m49")
    ]
