"""Addresses that do not depend on where a page stands in the tree, and refusals."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.models import Page

from core.visibility import audiences_of, live_for


def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to where the page stands today; one that this reader may not open is not found."""
    page = live_for(Page.objects.all(), audiences_of(request.user)).filter(pk=pk).first()
    url = page.get_url(request) if page else None
    if not url:
        raise Http404
    return redirect(url)


def not_found(request: HttpRequest, **numbers: int) -> HttpResponse:
    """Answer 404: stands where Wagtail would ask for a shared password, which nobody has here.

    Its own view would tell which restrictions there are.
    """
    raise Http404


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, with the sentence of a `BadRequest`: those are written for readers."""
    told = str(exception) if isinstance(exception, BadRequest) else ""
    return render(request, "400.html", {"told": told}, status=400)
