"""Practices like the one that somebody is about to tell: so that nobody tells it twice."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from practices.contributing.doors import ContributorView
from search.engine import find
from search.filters import Filters
from search.results import Hit
from search.sources import key_of
from search.viewer import Viewer

MOST = 4
SHORTEST = 4


def nearby(request: HttpRequest, title: str, pk: int | None = None) -> list[Hit]:
    """Return published practices that answer to a title, as far as this person may see them."""
    title = " ".join(title.split())
    if len(title) < SHORTEST:
        return []
    results = find(
        title,
        Viewer.asking(request),
        Filters(kind=("practice",)),
        limit=MOST + 1,
        language=get_language() or "en",
    )
    own = key_of("practice", pk) if pk else ""
    return [hit for hit in results.hits if hit.key != own][:MOST]


class NearbyView(ContributorView):
    """`GET ?title=&pk=`: a piece of HTML with similar practices, while a title is typed."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer with up to four of them; empty where there are none."""
        pk = request.GET.get("pk", "")
        own = int(pk) if pk.isdecimal() and len(pk) < 10 else None
        hits = nearby(request, request.GET.get("title", "")[:255], own)
        return render(request, "practices/contributing/_nearby.html", {"hits": hits, "asked": True})
