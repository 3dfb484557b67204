"""Lists of pages are searches without words: same door, same permissions, same facets."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from math import ceil
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from search.asking import asked_filters, asked_page
from search.engine import find
from search.filters import Filters
from search.results import Hit, Results
from search.viewer import Viewer

PER_PAGE = 20
# More than any country has; a list this long would need pages of its own.
MOST_ABOUT_ONE = 200


def browse(request: HttpRequest, filters: Filters, limit: int, offset: int = 0) -> Results:
    """Return what this reader may see under these filters, newest first."""
    viewer = Viewer.asking(request)
    return find("", viewer, filters, limit=limit, offset=offset, language=get_language() or "en")


def list_kind(request: HttpRequest, kind: str) -> dict[str, Any]:
    """Return the template context of a filtered list of one kind, newest first.

    Raises `BadRequest`, with a sentence for the reader, for filters that cannot be meant.
    """
    filters = asked_filters(request, kind=(kind,))
    listed = paged(asked_page(request), PER_PAGE, partial(browse, request, filters))
    return listed | {"filters": filters.without("kind")}


def paged(number: int, per_page: int, ask: Callable[[int, int], Results]) -> dict[str, Any]:
    """Return page `number` of what `ask(limit, offset)` finds; beyond the end, the last page."""
    results = ask(per_page, (number - 1) * per_page)
    count = max(1, ceil(results.total / per_page))
    if number > count:
        number = count
        results = ask(per_page, (number - 1) * per_page)
    return {"results": results, "page_number": number, "page_count": count}


def everything_about(request: HttpRequest, iso3: str) -> dict[str, list[Hit]]:
    """Return the hits about a country that this reader may see, as {kind: hits}."""
    by_kind: dict[str, list[Hit]] = defaultdict(list)
    for hit in browse(request, Filters(country=(iso3,)), MOST_ABOUT_ONE).hits:
        by_kind[hit.card.kind].append(hit)
    return dict(by_kind)
