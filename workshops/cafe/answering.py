"""The answers by mail: a page with one button behind each link."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from core.links import LinkError
from members.forms import PlainForm
from workshops.cafe.following import ANSWERS, AnsweredAlreadyError, answer, find
from workshops.doors import never_kept, require
from workshops.models import Choice
from workshops.typed import Text

NOT_FOUND = 404


class AnswerForm(PlainForm):
    """A word on what became of it, for whoever has the time."""

    reason = Text(
        label=gettext_lazy("What came of it, or what stands in the way?"),
        max_length=1000,
        required=False,
        rows=4,
        help_text=gettext_lazy("May stay empty."),
    )


@method_decorator(never_kept, name="dispatch")
class FollowUpView(View):
    """`GET`: what the link says, and one button; `POST`: keep the answer, once.

    Opening the page does nothing: programs that look into mail open every link. No other site
    learns the link: the whole site says so. Without any referrer a browser would not say of a form
    where it comes from, and its answer would be refused as a forged one.
    """

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, token: str, choice: str) -> HttpResponseBase:
        """Find what the link asks, or say why it cannot be answered by it."""
        require(choice in ANSWERS)
        self.token, self.choice = token, choice
        try:
            self.link, self.row, self.user = find(token)
            response: HttpResponseBase = super().dispatch(request)
        except LinkError as error:
            response = self._over(request, str(error))
        except AnsweredAlreadyError:
            told = _("This has been answered already, or is not asked any more. Thank you.")
            response = self._over(request, told)
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the button."""
        return self._show(request, AnswerForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the answer."""
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, 400)
        answer(self.link, self.row, self.user, self.choice, form.cleaned_data["reason"])
        return self._page(request, "workshops/cafe/answered.html")

    def _show(self, request: HttpRequest, form: AnswerForm, status: int = 200) -> HttpResponse:
        others = [
            (Choice(each).label, reverse("workshop-follow-up", args=[self.token, each]))
            for each in ANSWERS
            if each != self.choice
        ]
        return self._page(request, "workshops/cafe/answer.html", status, form=form, others=others)

    def _page(
        self, request: HttpRequest, name: str, status: int = 200, **more: object
    ) -> HttpResponse:
        card = self.row.card
        told = {"card": card, "challenge": card.challenge, "workshop": card.challenge.workshop}
        label = Choice(self.choice).label
        context = {**told, "choice": self.choice, "label": label, "row": self.row, **more}
        return render(request, name, context, status=status)

    def _over(self, request: HttpRequest, told: str) -> HttpResponse:
        return render(request, "workshops/cafe/over.html", {"told": told}, status=NOT_FOUND)
