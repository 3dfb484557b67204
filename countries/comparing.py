"""Experiences of other countries that are comparable with one, by the facts that are stored."""

from django.http import HttpRequest
from django.utils.translation import get_language

from search.engine import find
from search.filters import Filters
from search.results import Hit
from search.viewer import Viewer

MOST = 4
# So many of the likest are looked at: the country's own come first among them.
LOOKED_AT = 20


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
