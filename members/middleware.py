"""Rights that hold from one request to the next, and the second factor that goes before them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from members.access import needs_second_factor
from members.groups import settle_the_day
from members.standing import keep

Answer = Callable[[HttpRequest], HttpResponse]
# Where somebody without the second factor may go: to set it up, and away.
ACCOUNTS = "/accounts/"
API = "/api/"
# Whether the process lives must be known without its database, whoever asks.
ALIVE = "/health/"


def has_session(request: HttpRequest) -> bool:
    """Return whether it may matter who asks; whoever has no session costs nothing."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.path != ALIVE


class RolesOfToday:
    """Middleware: groups follow the day, and a request reads once what its user is."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with roles and groups at hand."""
        if has_session(request) and request.user.is_authenticated:
            settle_the_day()
            keep(request.user)
        return self.get_response(request)


class SecondFactorFirst:
    """Middleware: whoever has a privileged role sets up the second factor before anything else.

    It looks at every request, so neither a password reset nor another door leads around it, and
    a factor that was taken away is asked for again.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the set-up."""
        if not has_session(request):
            return self.get_response(request)
        missing = needs_second_factor(request.user)
        request.second_factor_missing = missing  # type: ignore[attr-defined]
        if not missing or request.path.startswith(ACCOUNTS):
            return self.get_response(request)
        if request.path.startswith(API):
            told = _("Your role needs a second step at sign-in. Set it up on the site first.")
            return JsonResponse({"detail": told}, status=403)
        back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        return HttpResponseRedirect(f"{reverse('mfa_activate_totp')}?{back}".rstrip("?"))
