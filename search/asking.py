"""What an address asks for: read strictly, refused with a sentence for the reader."""

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from search.filters import FACETS, FilterError, Filters
from vocabulary.labels import labels

MOST_PAGES = 500
COUNTRY_CODE = 3
MOST_LENGTH = 100_000  # characters of an address's question; beyond it somebody is only trying
RELEVANCE, DATE = "relevance", "date"
SORTS = (RELEVANCE, DATE)


@dataclass(frozen=True)
class Search:
    """One search as an address says it, and as it is kept; `country` is where it is needed."""

    query: str = ""
    filters: Filters = field(default_factory=Filters)
    country: str = ""
    sort: str = RELEVANCE
    verbatim: bool = False

    def address(self, page: int = 1, **changed: Any) -> str:
        """Return the query string that always says the same for the same search.

        Parameters stand in one order, codes too, and what is empty or usual is left out; ""
        where nothing is asked for.
        """
        asked = replace(self, **changed)
        pairs = [("q", asked.query), ("for", asked.country)]
        pairs += [(name, code) for name, codes in asked.filters.items() for code in sorted(codes)]
        pairs += [("sort", asked.sort if asked.sort != RELEVANCE else "")]
        pairs += [("verbatim", "1" if asked.verbatim else "")]
        pairs += [("page", str(page) if page > 1 else "")]
        return urlencode([(name, value) for name, value in pairs if value])


def asked_search(parameters: QueryDict) -> Search:
    """Return what an address or a form asks for; `BadRequest` for what cannot be meant."""
    query = parameters.get("q", "")
    if len(query) > MOST_LENGTH:
        raise BadRequest(_("The question is too long. Say it in a sentence or two."))
    return Search(
        query=query,
        filters=_filters(parameters),
        country=asked_country(parameters.get("for", "")),
        sort=_sort(parameters),
        verbatim=parameters.get("verbatim") == "1",
    )


def asked_filters(request: HttpRequest, **fixed: Any) -> Filters:
    """Return the filters of the address with the `fixed` ones in place of its own."""
    return replace(_filters(request.GET), **fixed)


def _filters(parameters: QueryDict) -> Filters:
    try:
        return Filters.parse({name: parameters.getlist(name) for name in FACETS})
    except FilterError as error:
        raise BadRequest(str(error)) from error


def asked_country(text: str) -> str:
    """Return a country's code in capital letters, "" for none; `BadRequest` for another."""
    code = text.strip().upper()
    if code and not (code.isascii() and code.isalpha() and len(code) == COUNTRY_CODE):
        raise BadRequest(_("The country must be given by its code of three letters, such as COL."))
    known = labels("country", "en")
    # Where no vocabulary has been loaded yet, nobody knows better.
    if code and known and code not in known:
        # What was typed is not repeated: refusals are logged.
        raise BadRequest(_("No country has this code. Choose the country from the list."))
    return code


def _sort(parameters: QueryDict) -> str:
    sort = parameters.get("sort") or RELEVANCE
    if sort not in SORTS:
        raise BadRequest(_("A list can be sorted by relevance or by date: sort=relevance or date."))
    return sort


def asked_page(request: HttpRequest) -> int:
    """Return the page number of the address, from 1; one beyond all lists as the last of them."""
    text = request.GET.get("page") or "1"
    if not (text.isascii() and text.isdigit() and text.strip("0")):
        raise BadRequest(_("There is no such page of the list: use a number from 1."))
    digits = text.lstrip("0")
    return min(int(digits), MOST_PAGES) if len(digits) <= len(str(MOST_PAGES)) else MOST_PAGES
