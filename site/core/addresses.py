"""Addresses of many pages at the price of one."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.places import roots_of


class _SiteRoots:
    """Holds the roots of the sites where there is no request to hold them."""


# Wagtail keeps the roots of the sites on the request; here it is at hand without being passed on.
_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def request_at_hand() -> HttpRequest | None:
    """Return the request that is answered now, if it is for one that something is done."""
    return _request.get()


def addresses_of(pages: Iterable[Any]) -> dict[int, str]:
    """Return {page id: path of its address}; a page outside any site has its permalink."""
    request = _request.get()
    if request is not None:
        roots_of(request)
    roots = request or _SiteRoots()
    found: dict[int, str] = {}
    for page in pages:
        parts = page.get_url_parts(roots)
        found[page.pk] = (parts and parts[2]) or reverse("permalink", args=[page.pk])
    return found


class RequestAtHand:
    """Middleware: keeps the request at hand while it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and let go of the request afterwards."""
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)
