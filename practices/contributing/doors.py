"""What the views of contributors share: who is let in, and how nothing typed is lost."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views import View

from practices import access
from practices.models import PracticePage

NOT_TYPED = {"csrfmiddlewaretoken", "do"}


class ContributorView(View):
    """A page for people of the Alliance; nobody else learns anything from it.

    Answers are never kept by a browser or a cache. `reading`: reviewers are let in, too.
    """

    http_method_names = ["get", "head", "post", "options"]
    reading = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may contribute; a practice that is not theirs is not found."""
        response = self._answer(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.signed_out(request)
        if "pk" in kwargs:
            kwargs["page"] = self.found(request, kwargs.pop("pk"))
        elif not access.may_contribute(request.user):
            return render(request, "practices/contributing/not_yet.html", status=403)
        return super().dispatch(request, *args, **kwargs)

    def found(self, request: HttpRequest, pk: int) -> PracticePage:
        """Return the practice, if it is this person's to write (or, for `reading`, to read)."""
        pages = PracticePage.objects.select_related(
            "owner", "latest_revision__user", *PracticePage.read_with
        )
        page = pages.filter(pk=pk, alias_of=None).first()
        allowed = access.may_see_draft if self.reading else access.is_editor
        if page is None or not allowed(request.user, page):
            raise Http404
        return page

    def signed_out(self, request: HttpRequest) -> HttpResponse:
        """Send a reader to the log-in; of what was sent nothing is lost meanwhile."""
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        if wants_json(request):
            return JsonResponse({"signed_out": True}, status=403)
        return held(request)


def held(request: HttpRequest, template: str = "practices/contributing/held.html") -> HttpResponse:
    """Answer with what was typed, to be sent again once its writer has signed in."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        for value in values
    ]
    return render(request, template, {"typed": typed}, status=403)


def wants_json(request: HttpRequest) -> bool:
    """Return whether a script asks, which saves while somebody types."""
    return request.headers.get("Accept", "").startswith("application/json")


class _Check(CsrfViewMiddleware):
    """Django's own check; a refusal is told instead of answered."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def is_forged(request: HttpRequest) -> bool:
    """Return whether a POST lacks the token of this session, as after signing in anew.

    The views that ask this write nothing then and show what was typed once more, instead of a
    page on which it is lost.
    """
    check = _Check(lambda _request: HttpResponse())
    check.process_request(request)
    # The view itself is exempt: what is asked about is the request.
    return check.process_view(request, _never, (), {}) is not None


def _never(request: HttpRequest) -> HttpResponse:
    """Stand for the view in the check, which does not call it."""
    raise AssertionError("The check of a token has called the view.")


def send_again() -> str:
    """Return what to tell whoever comes back with an old token."""
    return _("You have signed in anew. Nothing is saved yet: look through it, then save.")
