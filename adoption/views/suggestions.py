"""A suggestion becomes a revision of the practice, and the practice says thanks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from adoption import access
from adoption.crediting import give_back, take_over
from adoption.models import Feedback
from adoption.views.feedback import _OneFeedbackView, place_of


class TakeOverView(_OneFeedbackView):
    """`POST`: note that this editor takes a suggestion over, and open the author's form."""

    http_method_names = ["post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this is an editor of the practice, and a suggestion that stands."""
        return access.may_take_over(request.user, self.said)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Note it and go to the form, with the suggestion beside it."""
        take_over(self.said, request.user)
        messages.success(
            request,
            _("Change the practice now. What you save next credits the suggestion."),
        )
        return redirect(form_for(self.said))


class GiveBackView(TakeOverView):
    """`POST`: the suggestion is not taken over after all."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Forget that it was taken over."""
        give_back(self.said)
        messages.success(request, _("The suggestion is open again."))
        return redirect(place_of(self.said))


def form_for(said: Feedback) -> str:
    """Return the author's form of the practice, at the part that the suggestion is about."""
    form = reverse("contribute-edit", args=[said.practice_id])
    return f"{form}?suggestion={said.pk}" + (f"#form-{said.section}" if said.section else "")
