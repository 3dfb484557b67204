"""How what is written on a phone arrives: from a form, or sent later by a script, never lost."""

from django import forms
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from practices.contributing.doors import wants_json
from workshops.doors import WorkshopView, kept

GONE = 409


class WritingView(WorkshopView):
    """A page whose form may be sent by a script, hours after it was filled in.

    A script is told in plain values what became of it: `saved`, `errors` (sentences), `gone` where
    it cannot be taken any more, `stale` or `signed_out` where somebody has to sign in first.
    """

    def refused(self, form: forms.BaseForm) -> HttpResponse | None:
        """Return what a script is told of a form with mistakes; None for a person."""
        if not wants_json(self.request):
            return None
        told = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"errors": told}, status=400)

    def gone(self, told: str = "", status: int = GONE) -> HttpResponse:
        """Return what is told of what cannot be taken any more; a person can copy it."""
        if not wants_json(self.request):
            return kept(self.request, told, status)
        return JsonResponse({"gone": told or _("This can no longer be written here.")}, status=GONE)

    def saved(self, number: int) -> HttpResponse | None:
        """Return what a script is told of what is stored; None for a person."""
        if not wants_json(self.request):
            return None
        return JsonResponse({"saved": number})
