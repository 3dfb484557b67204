"""Cookies that no site has sent."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class WithoutBrokenCookies:
    """Middleware: drops cookies with control characters; PostgreSQL refuses to look for a NUL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as if such cookies had not come."""
        broken = [name for name, value in request.COOKIES.items() if not value.isprintable()]
        for name in broken:
            del request.COOKIES[name]
        return self.get_response(request)
