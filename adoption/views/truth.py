"""Whether a practice is still so: the answers by mail, and the check against newer guidance."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from adoption import access
from adoption.forms import TruthForm
from adoption.models import GuidanceCheck, TruthAnswer
from adoption.rechecking import clear
from adoption.truth import AnsweredAlreadyError, answer, find
from adoption.views.doors import commented_practice, gone_is_not_found, members_only, require
from core.links import LinkError
from practices.access import may_edit


class TruthView(View):
    """`GET`: what the link is for, and one button; `POST`: keep the answer, once.

    Opening the page does nothing: programs that look into mail open every link.
    """

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, token: str, value: str) -> HttpResponseBase:
        """Find the question for this link, or say why it cannot be answered by it."""
        require(value in TruthAnswer.Value.values)
        self.token, self.value = token, value
        try:
            self.link, self.question = find(token)
            # The site's own policy tells no other site the link. Stricter, a browser would say
            # "Origin: null" of the form, which is refused.
            with gone_is_not_found():
                return super().dispatch(request)
        except LinkError as error:
            return self._over(request, str(error))
        except AnsweredAlreadyError:
            return self._over(request, _("This question has been answered already. Thank you."))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the button."""
        return self._show(request, TruthForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the answer; who wants to change the practice is led to its form."""
        form = TruthForm(request.POST)
        if not form.is_valid():
            return self._show(request, form)
        page = self.question.practice
        answer(self.link, self.question, self.value, form.cleaned_data["note"])
        if self.value == TruthAnswer.Value.CHANGE and may_edit(request.user, page):
            return redirect("contribute-edit", page.pk)
        return render(request, "adoption/truth_done.html", {"practice": page, "value": self.value})

    def _show(self, request: HttpRequest, form: TruthForm) -> HttpResponse:
        choices = [
            (value, label, reverse("exchange-true", args=[self.token, value]))
            for value, label in TruthAnswer.Value.choices
        ]
        context = {
            "practice": self.question.practice,
            "form": form,
            "value": self.value,
            "choices": choices,
        }
        return render(request, "adoption/truth.html", context)

    def _over(self, request: HttpRequest, told: str) -> HttpResponse:
        return render(request, "adoption/truth_over.html", {"told": told}, status=404)


class CheckedView(View):
    """`POST newer=`: this practice was checked against that guidance and is still right."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the marks off."""
        page = commented_practice(request, pk)
        if refused := members_only(request):
            return refused
        require(access.may_clear(request.user, page))
        newer = request.POST.get("newer", "")
        waiting = GuidanceCheck.objects.filter(
            practice__translation_key=page.translation_key,
            # Only what was read: meanwhile a still newer one may have been published.
            newer_id=int(newer) if newer.isdecimal() and len(newer) < 10 else 0,
            cleared_at=None,
        )
        if clear(waiting, request.user, GuidanceCheck.How.CHECKED):
            messages.success(request, _("Noted: checked, still right."))
        return redirect(page.get_url(request) or reverse("exchange-practice", args=[page.pk]))
