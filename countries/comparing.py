"""Experiences of other countries that are comparable with one, by the facts that are stored.

They have an address of their own: the page of a country has enough to ask the database for.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from countries.doors import CountryView
from search.engine import find
from search.filters import Filters
from search.results import Hit
from search.viewer import Viewer

MOST = 4
# So many of the likest are looked at: the country's own come first among them.
LOOKED_AT = 20


class ComparableView(CountryView):
    """`GET`: practices of others that are comparable with a country; its page takes them in."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        context = self.context(hits=comparable(request, self.code))
        return render(request, "countries/comparable.html", context)


def comparable(request: HttpRequest, code: str) -> list[Hit]:
    """Return practices of others that have something stored in common with a country, likest first.

    Nothing where nothing of the country is known to this reader.
    """
    found = find(
        "",
        Viewer.asking(request),
        Filters(kind=("practice",)),
        country=code,
        limit=LOOKED_AT,
        language=get_language() or "en",
    )
    others = (hit for hit in found.hits if code not in hit.card.countries)
    return [hit for hit in others if hit.alike][:MOST]
