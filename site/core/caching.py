"""What caches between the site and its readers may keep: nothing that they do not ask about."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class NothingShared:
    """Middleware: says of every answer that caches may not share it.

    What everybody may open now may be closed in the next minute, and nothing reaches the copies
    that others made of it. A browser may keep its copy and asks each time whether it still holds;
    of what was answered to somebody with a session it keeps none, for the next at that computer.
    Only what a view calls "public" is left alone: it is the same for all, and for good.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and set `Cache-Control`; the session itself is not read for it."""
        response = self.get_response(request)
        told = response.get("Cache-Control", "")
        if "public" in told:
            return response
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            response["Cache-Control"] = "private, no-store"
        elif not told:
            response["Cache-Control"] = "private, no-cache"
        return response
