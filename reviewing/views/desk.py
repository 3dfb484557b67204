"""What waits for somebody, and the secretariat's view of all reviews."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from reviewing import access, steps
from reviewing.matching import reviewers
from reviewing.models import Assignment
from reviewing.roster import roster_rows
from reviewing.views.doors import page as door

PER_PAGE = 50


@door("GET")
def show(request: HttpRequest) -> HttpResponse:
    """What waits for a reviewer, oldest first, and where one's own practices stand."""
    user = request.user
    mine = access.reviews_of(user)
    if access.may_manage(user):
        mine = mine.filter(owner=user)
    ids = [str(pk) for pk in mine.values_list("pk", flat=True)[:PER_PAGE]]
    context = {
        "waiting": access.asked(user).select_related("page").order_by("asked_at", "pk"),
        "answered": access.reading(user)
        .exclude(state=Assignment.State.ASKED)
        .select_related("page")
        .order_by("-answered_at")[:20],
        "mine": steps.rounds(access.in_review().filter(object_id__in=ids)),
        "may_manage": access.may_manage(user),
        "today": timezone.localdate(),
    }
    return render(request, "reviewing/desk.html", context)


@door("GET")
def overview(request: HttpRequest) -> HttpResponse:
    """All practices in review, those that wait longest first, and how long steps take."""
    if not access.may_manage(request.user):
        raise Http404
    going = steps.rounds()
    pages = Paginator(going, PER_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    took = steps.turnaround()
    context = {
        "rounds": shown.object_list,
        "number": len(going),
        "overdue": sum(each.is_overdue for each in going),
        "turnaround": took,
        "bars": [{"label": each.label, "value": each.days} for each in took],
        "page_number": shown.number,
        "page_count": pages.num_pages,
    }
    return render(request, "reviewing/overview.html", context)


@door("GET")
def roster(request: HttpRequest) -> HttpResponse:
    """All reviewers of today: what they read, what they know, and how much they have to do."""
    if not access.may_manage(request.user):
        raise Http404
    pages = Paginator(reviewers(), PER_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    context = {
        "rows": roster_rows(list(shown.object_list), get_language() or "en"),
        "number": pages.count,
        "page_number": shown.number,
        "page_count": pages.num_pages,
    }
    return render(request, "reviewing/roster.html", context)
