"""The search page: works without JavaScript; htmx only replaces its results."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from search.asking import asked_country, asked_filters, asked_page
from search.engine import find
from search.listing import paged
from search.results import Results
from search.viewer import Viewer

PER_PAGE = 20
MOST_LENGTH = 100_000  # characters of an address's question; beyond it somebody is only trying


class SearchView(View):
    """`GET ?q=&for=&kind=&country=&...&page=`; a 400 with a sentence for what cannot be meant.

    `country` narrows to what is about a country; `for` is where the reader needs it, and only
    puts what is near a little higher.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the whole page, or with its results for htmx."""
        filters, country = asked_filters(request), asked_country(request)
        query = request.GET.get("q", "")
        if len(query) > MOST_LENGTH:
            raise BadRequest(_("The question is too long. Say it in a sentence or two."))

        def ask(limit: int, offset: int) -> Results:
            viewer, language = Viewer.of(request.user), get_language() or "en"
            return find(query, viewer, filters, country, limit, offset, language)

        context = paged(asked_page(request), PER_PAGE, ask)
        context |= {"filters": filters, "country": country or ""}
        partial = request.headers.get("HX-Request") == "true"
        template = "search/_results.html" if partial else "search/results.html"
        response = render(request, template, context)
        # The same address answers in two forms and by who asks: no cache may mix them.
        patch_vary_headers(response, ["HX-Request"])
        response["Cache-Control"] = "private, no-store"
        return response
