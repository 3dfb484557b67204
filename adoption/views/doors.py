"""How people come to a page of this app: what they may not see is answered like what is not there.

A practice that a reader may open is no secret, so whoever lacks only the membership is told so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from adoption.access import open_practices, takes_part
from adoption.saying import original
from practices.models import PracticePage


def open_practice(request: HttpRequest, pk: int) -> PracticePage:
    """Return a practice that this reader may open; `Http404` for any other."""
    pages = open_practices(request.user).select_related("locale", "lead_institution", "owner")
    # By `id`: `pk` is a key of another table, where a number that none can have is a failure.
    page: PracticePage = get_object_or_404(pages, id=pk)
    return page


def commented_practice(request: HttpRequest, pk: int) -> PracticePage:
    """Return the practice that is spoken about: of a copy, the original, if it may be opened."""
    page = open_practice(request, pk)
    return page if not page.alias_of_id else open_practice(request, original(page).pk)


def members_only(request: HttpRequest) -> HttpResponse | None:
    """Return the answer for who takes no part: the log-in, or how to become a member."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not takes_part(request.user):
        return render(request, "adoption/members_only.html", status=403)
    return None


def not_for(request: HttpRequest, page: PracticePage, sentence: Any) -> HttpResponse:
    """Return the answer for a member who may not do this with this practice, and why."""
    context = {"practice": page, "sentence": sentence}
    return render(request, "adoption/not_for.html", context, status=403)


@contextmanager
def gone_is_not_found() -> Iterator[None]:
    """Answer 404 where somebody else has deleted meanwhile what this is about."""
    try:
        yield
    except (ObjectDoesNotExist, IntegrityError) as error:
        raise Http404 from error


def require(allowed: bool) -> None:
    """Raise `Http404` where something is not allowed: nobody is told that it exists."""
    if not allowed:
        raise Http404
