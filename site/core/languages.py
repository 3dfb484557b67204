"""The account's pages have one address for all languages: they follow the page before."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

ACCOUNTS = "/accounts/"


class AccountsFollowTheReader:
    """Middleware: whoever comes from a page (`next`) is answered in that page's language.

    The pages that follow know it from Django's language cookie, set here and nowhere else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the address to come back to (after LocaleMiddleware)."""
        language = _language_before(request)
        if not language:
            return self.get_response(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response


def _language_before(request: HttpRequest) -> str | None:
    if not request.path.startswith(ACCOUNTS):
        return None
    return translation.get_language_from_path(request.GET.get("next", ""))
