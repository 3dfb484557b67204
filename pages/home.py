"""What the home page shows beside its own text."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.visibility import live_public
from practices.listing import map_rows
from practices.models import PracticeIndexPage
from search.filters import Filters
from search.listing import browse
from search.results import FacetCount, Results
from vocabulary.labels import labels
from workshops.models import WorkshopIndexPage

NEWEST = 5


def home_context(request: HttpRequest) -> dict[str, Any]:
    """Return the newest practices, the ways in and the numbers of the knowledge base."""
    everything = browse(request, Filters(), limit=0)
    practices = browse(request, Filters(kind=("practice",)), limit=NEWEST)
    workshops = browse(request, Filters(kind=("workshop",)), limit=NEWEST)
    practices_url = _address(request, PracticeIndexPage)
    return {
        "country_choices": [
            (count.code, count.label)
            for count in sorted(everything.facets.get("country", []), key=lambda each: each.label)
        ],
        "action_points": action_points(practices, practices_url),
        "newest": [hit.card for hit in practices.hits],
        "workshops": [hit.card for hit in workshops.hits],
        "practices_url": practices_url,
        "workshops_url": _address(request, WorkshopIndexPage),
        "numbers": numbers(everything),
        "map_rows": map_rows(practices.facets.get("country", []), practices_url),
    }


def _address(request: HttpRequest, model: Any) -> str:
    pages = live_public(model.objects.all())
    page = pages.filter(locale__language_code=get_language()).first() or pages.first()
    return (page.get_url(request) or "") if page else ""


def _count(counts: list[FacetCount], code: str) -> int:
    return next((each.count for each in counts if each.code == code), 0)


def action_points(practices: Results, url: str) -> list[dict[str, Any]]:
    """Return the action points in their order, each with its number of practices."""
    counts = practices.facets.get("action_point", [])
    return [
        {
            "code": code,
            "label": label,
            "count": _count(counts, code),
            "url": f"{url}?{urlencode({'action_point': code})}",
        }
        for code, label in labels("action_point", get_language() or "en").items()
    ]


def numbers(everything: Results) -> list[dict[str, Any]]:
    """Return the numbers of the knowledge base: {value, label, url}, none that is zero."""
    kinds = everything.facets.get("kind", [])
    search = reverse("search")
    rows = [
        {"value": _count(kinds, kind), "label": label, "url": f"{search}?kind={kind}"}
        for kind, label in (
            ("practice", _("practices")),
            ("building-block", _("building blocks")),
            ("guidance", _("guidance materials")),
            ("country", _("countries")),
        )
    ]
    return [row for row in rows if row["value"]]
