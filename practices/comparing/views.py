"""Practices side by side: a page to read and to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views import View

from practices.comparing.choosing import FEWEST, MOST, asked_numbers, openable
from practices.comparing.fields import side_by_side
from practices.models import PracticeIndexPage
from search.viewer import Viewer


class SideBySideView(View):
    """`GET ?p=<id>&p=<id>`: two to four practices, each only if its reader may open it.

    Whether one does not exist or is not for this reader is not told apart.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the same fields of each, or say how to choose practices."""
        numbers = asked_numbers(request.GET.getlist("p"))
        found = openable(numbers, Viewer.asking(request).audiences)
        shown = found[:MOST]
        enough = len(shown) >= FEWEST
        context = {
            "practices": shown,
            "parts": side_by_side(shown) if enough else [],
            "too_many": len(found) > MOST,
            "missing": len(found) < len(numbers),
            "list_page": None if enough else PracticeIndexPage.objects.live().first(),
        }
        response = render(request, "practices/comparing/side_by_side.html", context)
        # What it shows goes by who asks.
        patch_cache_control(response, private=True, no_store=True)
        return response
