"""How people come to what is about a country: what they may not see is answered like nothing."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.cache import cache_control

from core.visibility import audiences_of, live_for
from countries import access
from countries.models import CountryPage
from practices.contributing.doors import wants_json

GONE = 410
never_kept = cache_control(private=True, no_store=True)


def page_of(request: HttpRequest, code: str) -> CountryPage:
    """Return the page of a country in the reader's language, else in any; `Http404` if none."""
    pages = live_for(CountryPage.objects.all(), audiences_of(request.user))
    found = list(pages.filter(country__code=code).select_related("country", "locale"))
    if not found:
        raise Http404
    spoken = (get_language() or "en", "en")
    return min(
        found,
        key=lambda page: (
            spoken.index(page.locale.language_code) if page.locale.language_code in spoken else 2
        ),
    )


def require(allowed: bool) -> None:
    """Raise `Http404` where something is not allowed: nobody is told that it exists."""
    if not allowed:
        raise Http404


class GoneError(Exception):
    """What something was typed for was deleted meanwhile: the reader gets that back."""

    def __init__(self, told: str, typed: Sequence[tuple[str, str]]) -> None:
        super().__init__(told)
        self.told, self.typed = told, typed


@method_decorator(never_kept, name="dispatch")
class CountryView(View):
    """Something about a country that has a page: `self.code`, `self.page`; for everybody.

    A subclass narrows with `allowed`, and fetches what it is about in `prepare`.
    """

    code: str
    page: CountryPage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the country, ask for the right, answer."""
        self.code = kwargs.pop("code")
        self.page = page_of(request, self.code)
        require(self.allowed(request))
        try:
            self.prepare(request, **kwargs)
        except GoneError as gone:
            return self.give_back(gone)
        return super().dispatch(request, *args, **kwargs)

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Fetch what it is about."""

    def give_back(self, gone: GoneError) -> HttpResponse:
        """Say that it is gone, with what was typed, to be copied."""
        if wants_json(self.request):
            return JsonResponse({"closed": gone.told}, status=GONE)
        context = CountryView.context(self, told=gone.told, typed=gone.typed)
        return render(self.request, "countries/gone.html", context, status=GONE)

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may do this here."""
        return True

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every template of a country's desk needs (templates/countries/frame.html)."""
        return {"code": self.code, "country_page": self.page, **more}


class DeskView(CountryView):
    """A page of a country's desk, for its team and the secretariat; visitors sign in first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send visitors to sign in, whatever they asked for."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person works at the desk."""
        return access.may_edit(request.user, self.code)
