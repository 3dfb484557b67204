"""The search page: works without JavaScript; htmx only replaces its results."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views import View

from search import gaps
from search.asking import Search, asked_page, asked_search
from search.engine import find
from search.language import words
from search.listing import paged
from search.models import SavedSearch
from search.results import Results
from search.saved import find_saved
from search.suggestions import suggest
from search.viewer import Viewer, home_of
from users.models import User
from vocabulary.labels import labels

PER_PAGE = 20


class SearchView(View):
    """`GET ?q=&for=&kind=&country=&...&sort=&verbatim=&page=`; a 400 with a sentence otherwise.

    `country` narrows to what is about a country; `for` is where the reader needs it, and only
    puts what is comparable a little higher. Without `for` it is the country that the reader
    answers for, if any; an empty one turns that off, and nothing of it is remembered.
    `verbatim=1` searches misspelt words as they are.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the whole page, or for htmx with what belongs to the question."""
        asked, number = asked_search(request.GET), asked_page(request)
        language, home = get_language() or "en", home_of(request.user)
        search = asked if "for" in request.GET else replace(asked, country=home)

        def ask(limit: int, offset: int) -> Results:
            return find(
                search.query,
                Viewer.asking(request),
                search.filters,
                search.country or None,
                limit,
                offset,
                language,
                search.sort,
                search.verbatim,
            )

        context = paged(number, PER_PAGE, ask)
        context |= links_of(request, search, context["results"], context["page_number"], home)
        context["choices"] = list(labels("country", language).items())
        if isinstance(request.user, User):
            context["saved"] = _saved(request.user, search, asked)
        if gaps.asked_by_a_person(request):
            # Not with the reader's own country: it would tell who asked.
            told = replace(search, country="") if search.country == home else search
            gaps.record(told, context["results"], language)
        partial = request.headers.get("HX-Request") == "true"
        template = "search/_answer.html" if partial else "search/results.html"
        response = render(request, template, context)
        if partial:
            # The form sends empty fields as well; the address that people copy has none.
            response["HX-Push-Url"] = context["permalink"]
        # The same address answers in two forms and by who asks: no cache may mix them.
        patch_vary_headers(response, ["HX-Request"])
        response["Cache-Control"] = "private, no-store"
        return response


def _saved(user: User, search: Search, asked: Search) -> SavedSearch | None:
    """Return what this reader has saved of it, with the country taken for granted or without."""
    mine = find_saved(user, search)
    return find_saved(user, asked) if mine is None and asked != search else mine


def links_of(
    request: HttpRequest, search: Search, results: Results, number: int, home: str = ""
) -> dict[str, Any]:
    """Return the template context of one search: what was asked, and where else to go from it.

    `home` is the country that stands for none unless the address says that none is meant.
    """

    def address(page: int = 1, **changed: Any) -> str:
        meant = replace(search, **changed)
        asked = meant.address(page)
        if home and not meant.country:
            asked = f"{asked}&for=" if asked else "for="
        return f"{request.path}?{asked}" if asked else request.path

    asked = search.address()
    feed = reverse("search-feed")
    return {
        "search": search,
        "filters": search.filters,
        "country": search.country,
        "permalink": address(number),
        "by_relevance": address(sort="relevance"),
        "by_date": address(sort="date"),
        "without_country": address(country=""),
        "home": home,
        "for_home": address(country=home),
        "respelt": address(query=results.did_you_mean, verbatim=False),
        "feed": f"{feed}?{asked}" if asked else feed,
        "wordless": bool(search.query.strip()) and not words(search.query),
        "as_typed": address(verbatim=True),
        "counted": settings.SEARCH_GAPS,
    }


class SuggestionsView(View):
    """`GET ?q=`: options of a list box as a piece of HTML, for whoever is still typing."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the groups of suggestions; empty where there are none."""
        viewer, language = Viewer.asking(request), get_language() or "en"
        groups = suggest(request.GET.get("q", ""), viewer, language)
        count = sum(len(group.suggestions) for group in groups)
        context = {"groups": groups, "count": count}
        response = render(request, "search/_suggestions.html", context)
        kept = "no-store" if request.user.is_authenticated else "no-cache"
        response["Cache-Control"] = f"private, {kept}"
        return response
