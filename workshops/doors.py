"""How people come to the desk of a workshop: what they may not see is answered like nothing."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_control

from members.access import lacks_second_factor
from practices.contributing.doors import held, wants_json
from workshops import access
from workshops.access import Seat
from workshops.models import Workshop

never_kept = cache_control(private=True, no_store=True)


def require(allowed: bool) -> None:
    """Raise `Http404` where something is not allowed: nobody is told that it exists."""
    if not allowed:
        raise Http404


def _signed_out(request: HttpRequest) -> HttpResponseBase:
    """Send a visitor to sign in; of what was sent nothing is lost meanwhile."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    if wants_json(request):
        return JsonResponse({"signed_out": True}, status=403)
    return held(request)


@method_decorator(never_kept, name="dispatch")
class WorkshopView(View):
    """A page of a workshop's desk: `self.workshop` and `self.seat`; visitors sign in first.

    A subclass narrows with `allowed`, and fetches what it is about in `prepare`.
    """

    workshop: Workshop
    seat: Seat

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the workshop, ask for the right, answer."""
        if not request.user.is_authenticated:
            return _signed_out(request)
        rows = Workshop.objects.select_related("series").prefetch_related("countries")
        workshop = rows.filter(pk=kwargs.pop("workshop")).first()
        if workshop is None:
            raise Http404
        self.workshop = workshop
        self.seat = access.seat_of(request.user, workshop)
        require(self.allowed(request))
        # Asked here and not of every request: only here does facilitating give a right.
        if self.seat.facilitates and lacks_second_factor(request.user):
            return redirect("mfa_activate_totp")
        self.prepare(request, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Fetch what it is about."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may do this here: whoever reads what is written in it."""
        return self.seat.reads

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every template of a desk needs (templates/workshops/frame.html)."""
        return {"workshop": self.workshop, "seat": self.seat, **more}


class LeaderView(WorkshopView):
    """A page for those who run the workshop: its facilitators and the secretariat."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person runs it."""
        return self.seat.leads
