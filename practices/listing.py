"""The list of practices and the numbers on its map."""

from typing import Any

from django.http import HttpRequest

from search.listing import list_kind


def list_practices(request: HttpRequest) -> dict[str, Any]:
    """Return the filtered list, and for the map the number of practices of each country."""
    context = list_kind(request, "practice")
    return context
