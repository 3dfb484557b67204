"""What is new in the exchange, and all of it on one practice."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from adoption import access
from adoption.models import Adoption
from adoption.showing import Rights, Use, feedback_on, threads, trail_of, unanswered_first
from adoption.views.doors import open_practice
from search.asking import asked_page

PER_PAGE = 20
LATEST_ADOPTIONS = 12


class OverviewView(View):
    """`GET ?page=`: the latest feedback and adaptations that this reader may see."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them; questions without an answer come first."""
        pages = access.open_practices(request.user)
        shown = _page_of(unanswered_first(request.user, pages), asked_page(request))
        told = access.adoptions_for(request.user, pages)
        adoptions = list(told.select_related("origin__locale", "institution")[:LATEST_ADOPTIONS])
        found = threads(shown.object_list, request.user, pages)
        context = {
            "threads": found,
            "adoptions": adoptions,
            "takes_part": access.takes_part(request.user),
            "may_see_stale": access.may_see_stale(request.user),
            **_numbers(shown),
        }
        return render(request, "adoption/overview.html", context)


class PracticeView(View):
    """`GET ?page=`: everything said about a practice that this reader may see."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the feedback, newest first, and the trail."""
        page = open_practice(request, pk)
        pages = access.open_practices(request.user)
        shown = _page_of(feedback_on(page, request.user, pages), asked_page(request))
        adoptions: list[Adoption] = list(trail_of(page, request.user, pages))
        found = threads(shown.object_list, request.user, pages)
        context = {
            "practice": page,
            "threads": found,
            "adoptions": adoptions,
            "use": Use.of(adoptions),
            "takes_part": access.takes_part(request.user),
            "rights": Rights.of(request.user, page),
            "may_give": access.may_give(request.user, page),
            "may_adapt": access.may_adapt(request.user, page),
            **_numbers(shown),
        }
        return render(request, "adoption/practice.html", context)


def _page_of(rows: QuerySet[Any], number: int) -> Any:
    return Paginator(rows, PER_PAGE).get_page(number)


def _numbers(shown: Any) -> dict[str, int]:
    return {"page_number": shown.number, "page_count": shown.paginator.num_pages}
