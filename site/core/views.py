"""Addresses that do not depend on where a page stands in the tree."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.models import Page

from core.visibility import live_public


def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to where the page stands today; a page that is not public is simply not found."""
    page = live_public(Page.objects.all()).filter(pk=pk).first()
    url = page.get_url(request) if page else None
    if not url:
        raise Http404
    return redirect(url)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, with the sentence of a `BadRequest`: those are written for readers."""
    told = str(exception) if isinstance(exception, BadRequest) else ""
    return render(request, "400.html", {"told": told}, status=400)
