"""The search page: works without JavaScript; htmx only replaces its results."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from search.asking import asked_filters, asked_page
from search.engine import find
from search.filters import Filters
from search.results import Results
from search.viewer import Viewer

PER_PAGE = 20
MOST_LENGTH = 100_000  # characters of an address's question; beyond it somebody is only trying


@dataclass(frozen=True)
class ActiveFilter:
    """A chosen value of a facet, and the address without it."""

    facet: str
    code: str
    label: str
    remove_url: str


class SearchView(View):
    """`GET ?q=&kind=&country=&...&page=`; a 400 with a sentence for what cannot be meant."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the whole page, or with its results for htmx."""
        filters, number = asked_filters(request), asked_page(request)
        query = request.GET.get("q", "")
        if len(query) > MOST_LENGTH:
            raise BadRequest(_("The question is too long. Say it in a sentence or two."))
        results = find(
            query,
            Viewer.of(request.user),
            filters,
            limit=PER_PAGE,
            offset=(number - 1) * PER_PAGE,
            language=get_language() or "en",
        )
        context = _context(request, results, filters, number)
        partial = request.headers.get("HX-Request") == "true"
        template = "search/_results.html" if partial else "search/results.html"
        response = render(request, template, context)
        # The same address answers in two forms and by who asks: no cache may mix them.
        patch_vary_headers(response, ["HX-Request"])
        response["Cache-Control"] = "private, no-store"
        return response


def _context(
    request: HttpRequest, results: Results, filters: Filters, number: int
) -> dict[str, Any]:
    pages = max(1, ceil(results.total / PER_PAGE))
    return {
        "results": results,
        "q": results.query,
        "filters": filters,
        "facets": results.facets,
        "active": _active(request, results),
        "page_number": number,
        "page_count": pages,
        "previous_url": _address(request, page=number - 1) if 1 < number <= pages else "",
        "next_url": _address(request, page=number + 1) if number < pages else "",
    }


def _active(request: HttpRequest, results: Results) -> list[ActiveFilter]:
    return [
        ActiveFilter(facet, value.code, value.label, _without(request, facet, value.code))
        for facet, values in results.facets.items()
        for value in values
        if value.selected
    ]


def _parameters(request: HttpRequest) -> QueryDict:
    parameters = request.GET.copy()
    parameters.pop("page", None)
    return parameters


def _address(request: HttpRequest, page: int) -> str:
    parameters = _parameters(request)
    parameters["page"] = str(page)
    return f"?{parameters.urlencode()}"


def _without(request: HttpRequest, facet: str, code: str) -> str:
    parameters = _parameters(request)
    kept = [each for each in parameters.getlist(facet) if each.upper() != code.upper()]
    parameters.setlist(facet, kept)
    return f"?{parameters.urlencode()}"
