"""Giving feedback, editing it, taking it back; hiding it, for the secretariat."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from adoption import access
from adoption.forms import FeedbackForm, HidingForm, TextForm
from adoption.models import Feedback, Hiding
from adoption.saying import edit, say, take_back
from adoption.views.doors import (
    commented_practice,
    gone_is_not_found,
    members_only,
    not_for,
    require,
)
from practices.sections import BY_KEY


def place_of(said: Feedback) -> str:
    """Return where feedback stands: on the page of its practice."""
    top = said.answer_to_id or said.pk
    return f"{reverse('exchange-practice', args=[said.practice_id])}#feedback-{top}"


class GiveView(View):
    """`GET ?section=&kind=`: the form; `POST`: store it, signed, and show it at its place."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Let members in who may say something about this practice."""
        self.page = commented_practice(request, pk)
        if refused := members_only(request):
            return refused
        if not access.may_give(request.user, self.page):
            told = _("This practice is your own: others give feedback on it, and you answer.")
            return not_for(request, self.page, told)
        with gone_is_not_found():
            response: HttpResponseBase = super().dispatch(request)
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form for the whole or one section."""
        section, kind = request.GET.get("section", ""), request.GET.get("kind", "")
        initial = {"section": section if section in BY_KEY else "", "kind": kind}
        return self._show(request, FeedbackForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        form = FeedbackForm(request.POST)
        if not form.is_valid():
            return self._show(request, form)
        form.instance.practice = self.page
        said = say(form.instance, request.user)
        messages.success(request, _("Thank you. Members can read it now."))
        if said.kind == Feedback.Kind.ADAPTED and access.may_adapt(request.user, self.page):
            return redirect("exchange-adapt", self.page.pk)
        return redirect(place_of(said))

    def _show(self, request: HttpRequest, form: FeedbackForm) -> HttpResponse:
        context = {"practice": self.page, "form": form}
        return render(request, "adoption/give.html", context)


class _OneFeedbackView(View):
    """A step on feedback that this member may read; any other is not found."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Find it for this reader."""
        rows = access.feedback_for(request.user).select_related(
            "practice__locale", "institution", "answer_to", "hiding", "taken_over"
        )
        self.said = get_object_or_404(rows, pk=pk)
        require(self.allowed(request))
        with gone_is_not_found():
            response: HttpResponseBase = super().dispatch(request)
        return response

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this reader may do this; by default, whether it is their own."""
        return access.may_change(request.user, self.said)


class AnswerView(_OneFeedbackView):
    """`GET`: the form; `POST`: answer feedback, for the practice."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this member answers for the practice."""
        standing = self.said.answer_to_id is None and self.said.withdrawn_at is None
        return standing and access.may_answer(request.user, self.said.practice)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what is answered, and the form."""
        return self._show(request, TextForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the answer."""
        form = TextForm(request.POST)
        if not form.is_valid():
            return self._show(request, form)
        answer = form.instance
        answer.practice, answer.answer_to = self.said.practice, self.said
        answer.kind, answer.section = Feedback.Kind.ANSWER, self.said.section
        say(answer, request.user)
        messages.success(request, _("Your answer stands below the feedback now."))
        return redirect(place_of(self.said))

    def _show(self, request: HttpRequest, form: TextForm) -> HttpResponse:
        context = {"practice": self.said.practice, "said": self.said, "form": form}
        return render(request, "adoption/answer.html", context)


class EditView(_OneFeedbackView):
    """`GET`: one's own text; `POST`: replace it, and keep the earlier one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the text as it stands."""
        return self._show(request, TextForm(instance=self.said))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the new text."""
        form = TextForm(request.POST)
        if not form.is_valid():
            return self._show(request, form)
        edit(self.said, form.cleaned_data["text"])
        messages.success(request, _("Your change is saved. The earlier text stays in the history."))
        return redirect(place_of(self.said))

    def _show(self, request: HttpRequest, form: TextForm) -> HttpResponse:
        context = {"practice": self.said.practice, "said": self.said, "form": form}
        return render(request, "adoption/edit.html", context)


class DeleteView(_OneFeedbackView):
    """`GET`: ask; `POST`: take one's own feedback back."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask whether it is meant."""
        context = {"practice": self.said.practice, "said": self.said}
        return render(request, "adoption/delete.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it back."""
        take_back(self.said)
        messages.success(request, _("It is taken back."))
        return redirect("exchange-practice", self.said.practice_id)


class HistoryView(_OneFeedbackView):
    """`GET`: what feedback said before it was edited, for whoever may read it."""

    http_method_names = ["get", "head", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether there is a history to show."""
        return self.said.edited_at is not None and self.said.withdrawn_at is None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show all texts, the newest first."""
        context = {
            "practice": self.said.practice,
            "said": self.said,
            "earlier": self.said.earlier.all()[:50],
        }
        return render(request, "adoption/history.html", context)


class HideView(_OneFeedbackView):
    """`GET`: the form; `POST reason=`: hide what somebody wrote. Secretariat only."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this is somebody of the secretariat."""
        return access.may_hide(request.user)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for the reason."""
        return self._show(request, HidingForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Hide it; hidden already, it stays so with its first reason."""
        form = HidingForm(request.POST)
        if not form.is_valid():
            return self._show(request, form)
        reason = form.cleaned_data["reason"]
        Hiding.objects.get_or_create(
            feedback=self.said, defaults={"reason": reason, "by_id": request.user.pk}
        )
        messages.success(request, _("It is hidden. Its author sees the reason."))
        return redirect(place_of(self.said))

    def _show(self, request: HttpRequest, form: HidingForm) -> HttpResponse:
        context = {"practice": self.said.practice, "said": self.said, "form": form}
        return render(request, "adoption/hide.html", context)


class ShowAgainView(HideView):
    """`POST`: show again what was hidden. Secretariat only."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the hiding away."""
        Hiding.objects.filter(feedback=self.said).delete()
        messages.success(request, _("Members can read it again."))
        return redirect(place_of(self.said))
