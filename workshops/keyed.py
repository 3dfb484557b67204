"""How what is written on a phone arrives: from a form, or sent later by a script, never lost."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from practices.contributing.doors import held, is_forged, wants_json
from workshops.doors import WorkshopView

GONE = 409


@method_decorator(csrf_exempt, name="dispatch")  # `is_forged` asks, and nothing typed is lost
class WritingView(WorkshopView):
    """A page whose form may be sent by a script, hours after it was filled in.

    A script is told in plain values what became of it: `saved`, `errors` (sentences), `gone` where
    it cannot be taken any more, `stale` or `signed_out` where somebody has to sign in first.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse what another site has sent, and keep what was typed."""
        if request.method == "POST" and request.user.is_authenticated and is_forged(request):
            if wants_json(request):
                return JsonResponse({"stale": True}, status=403)
            return held(request)
        return super().dispatch(request, *args, **kwargs)

    def refused(self, form: forms.BaseForm) -> HttpResponse | None:
        """Return what a script is told of a form with mistakes; None for a person."""
        if not wants_json(self.request):
            return None
        told = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"errors": told}, status=400)

    def gone(self, told: str = "") -> HttpResponse | None:
        """Return what a script is told of what cannot be taken any more; None for a person."""
        if not wants_json(self.request):
            return None
        return JsonResponse({"gone": told or _("This can no longer be written here.")}, status=GONE)

    def saved(self, number: int) -> HttpResponse | None:
        """Return what a script is told of what is stored; None for a person."""
        if not wants_json(self.request):
            return None
        return JsonResponse({"saved": number})
