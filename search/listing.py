"""Lists of pages are searches without words: same door, same permissions, same facets."""

from typing import Any

from django.http import HttpRequest


def list_kind(request: HttpRequest, kind: str) -> dict[str, Any]:
    """Return the template context of a filtered list of one kind, newest first."""
    return {}


def everything_about(request: HttpRequest, iso3: str) -> dict[str, Any]:
    """Return the hits about a country that this reader may see, as {kind: hits}."""
    return {}
