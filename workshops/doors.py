"""How people come to the desk of a workshop: what they may not see is answered like nothing."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from members.access import lacks_second_factor
from practices.contributing.doors import held, is_forged, wants_json
from workshops import access
from workshops.access import Seat
from workshops.models import Workshop
from workshops.preparing.assessments import lender

never_kept = cache_control(private=True, no_store=True)
# What a form sends beside what somebody has written.
NOT_WORDS = {"csrfmiddlewaretoken", "do", "key", "was", "by"}


def require(allowed: bool) -> None:
    """Raise `Http404` where something is not allowed: nobody is told that it exists."""
    if not allowed:
        raise Http404


def signed_out(request: HttpRequest) -> HttpResponseBase:
    """Send a visitor to sign in; of what was sent nothing is lost meanwhile."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    if wants_json(request):
        return JsonResponse({"signed_out": True}, status=403)
    return held(request)


def stale(request: HttpRequest) -> HttpResponseBase:
    """Answer a form without the token of this session: person or script, it is sent again."""
    if wants_json(request):
        return JsonResponse({"stale": True}, status=403)
    return held(request)


def _without_second_factor(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return redirect("mfa_activate_totp")
    if wants_json(request):
        return JsonResponse({"signed_out": True}, status=403)
    return held(request, "workshops/second_factor.html")


def kept(request: HttpRequest, told: str = "", status: int = 409) -> HttpResponse:
    """Answer with the words that were sent to where they cannot be stored, to be copied."""
    given = [value for name, values in request.POST.lists() if name not in NOT_WORDS
             for value in values]  # fmt: skip
    # Numbers and codes are of the form, not of whoever filled it in.
    typed = [each for each in given if len(each.strip()) > 3 and not each.isdecimal()]
    context = {"told": told or _("This can no longer be written here."), "typed": typed}
    return render(request, "workshops/kept.html", context, status=status)


def _nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer as if there were nothing, and lose no words of who was let in a moment ago."""
    if request.method != "POST" or wants_json(request):
        raise Http404
    return kept(request, status=404)


def _is_of_another(request: HttpRequest) -> bool:
    """Return whether a script sends what somebody else has typed in this browser."""
    return request.POST.get("by", str(request.user.pk)) != str(request.user.pk)


# `is_forged` asks for the token, so that nothing typed is lost.
@method_decorator([never_kept, csrf_exempt], name="dispatch")
class WorkshopView(View):
    """A page of a workshop's desk: `self.workshop` and `self.seat`; visitors sign in first.

    A subclass narrows with `allowed`, and fetches what it is about in `prepare`.
    """

    workshop: Workshop
    seat: Seat

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the workshop, ask for the right, answer."""
        if not request.user.is_authenticated:
            return signed_out(request)
        if request.method == "POST":
            if _is_of_another(request):
                return JsonResponse({"signed_out": True}, status=403)
            if is_forged(request):
                return stale(request)
        rows = Workshop.objects.select_related("series").prefetch_related("countries")
        workshop = rows.filter(pk=kwargs.pop("workshop")).first()
        if workshop is None:
            return _nothing_here(request)
        self.workshop = workshop
        self.seat = access.seat_of(request.user, workshop)
        if not self.allowed(request):
            return _nothing_here(request)
        # Asked here and not of every request: only here does facilitating give a right.
        if self.seat.facilitates and lacks_second_factor(request.user):
            return _without_second_factor(request)
        early = self.prepare(request, **kwargs)
        return super().dispatch(request, *args, **kwargs) if early is None else early

    def prepare(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase | None:
        """Fetch what it is about; an answer where it is not there any more."""
        return None

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may do this here: whoever reads what is written in it."""
        return self.seat.reads

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every template of a desk needs (templates/workshops/frame.html)."""
        own = {"workshop": self.workshop, "seat": self.seat, "prepares": lender() is not None}
        return {**own, **more}


class LeaderView(WorkshopView):
    """A page for those who run the workshop: its facilitators and the secretariat."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person runs it."""
        return self.seat.leads
