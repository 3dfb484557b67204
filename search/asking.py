"""What an address asks for: read strictly, refused with a sentence for the reader."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from search.filters import FACETS, FilterError, Filters

MOST_PAGES = 500
COUNTRY_CODE = 3


def asked_filters(request: HttpRequest, **fixed: Any) -> Filters:
    """Return the filters of the address with the `fixed` ones in place of its own."""
    try:
        filters = Filters.parse({name: request.GET.getlist(name) for name in FACETS})
    except FilterError as error:
        raise BadRequest(str(error)) from error
    return replace(filters, **fixed)


def asked_country(request: HttpRequest) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of the country that the reader asks for, if any."""
    code = request.GET.get("for", "").upper()
    if code and not (code.isascii() and code.isalpha() and len(code) == COUNTRY_CODE):
        raise BadRequest(_("The country must be given by its code of three letters, such as COL."))
    return code or None


def asked_page(request: HttpRequest) -> int:
    """Return the page number of the address, from 1."""
    text = request.GET.get("page") or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST_PAGES):
        raise BadRequest(
            _("There is no such page of the list: use a number from 1 to %(most)d.")
            % {"most": MOST_PAGES}
        )
    return int(text)
