"""Old addresses that lead on, for those who may open what they lead to."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from core.visibility import may_open


class RedirectsForThoseWhoMayOpen(RedirectMiddleware):
    """Middleware: an old address of a closed page is as unknown as any other.

    Wagtail's own would tell the new address, and with it the title, to everybody.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Lead on from a 404 where a redirect says so and its page is open to this reader."""
        if response.status_code != HTTPStatus.NOT_FOUND:
            return response
        found = _redirect(request)
        if found is None or not _may_follow(found, request):
            return response
        answer: HttpResponse = super().process_response(request, response)
        return answer


def _redirect(request: HttpRequest) -> Redirect | None:
    """Return the redirect that Wagtail's middleware finds: with the query first, then without."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    for each in dict.fromkeys((path, urlsplit(path).path)):
        if found := get_redirect(request, each):
            return found
    return None


def _may_follow(redirect: Redirect, request: HttpRequest) -> bool:
    page = redirect.redirect_page
    return page is None or may_open(page, request.user)
