"""One recommendation card: what its country decides on it, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from workshops import access
from workshops.cafe import showing, writing
from workshops.cafe.forms import DecisionForm
from workshops.cafe.writing import MayNotWriteError
from workshops.doors import require
from workshops.keyed import WritingView
from workshops.models import Recommendation


class CardView(WritingView):
    """`GET`: one card with what was decided; `POST choice=, reason=`: decide, for its country.

    `POST do=withdraw`: its author takes it back.
    """

    http_method_names = ["get", "head", "post", "options"]
    card: Recommendation

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the card in this workshop, among those that this person may read."""
        rows = access.cards_for(request.user).filter(challenge__workshop=self.workshop)
        rows = rows.select_related("challenge", "institution", "round")
        card = rows.filter(pk=kwargs["pk"]).first()
        if card is None:
            raise Http404
        card.challenge.workshop = self.workshop
        self.card = card

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.show(DecisionForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide, or take it back."""
        if request.POST.get("do") == "withdraw":
            require(access.may_withdraw(self.seat, self.card, request.user))
            if writing.withdraw(self.card):
                messages.success(request, _("The card is taken back."))
            return self.back()
        require(access.may_choose(self.seat, self.card.challenge))
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.refused(form) or self.show(form, 400)
        told = form.cleaned_data
        try:
            made = writing.decide(self.card, request.user, told["choice"], told["reason"])
        except MayNotWriteError:
            return self.gone(status=404)
        if answer := self.saved(made.pk):
            return answer
        messages.success(request, _("Noted. Those of the workshop can read it."))
        return self.back(f"#card-{self.card.pk}")

    def back(self, anchor: str = "") -> HttpResponse:
        """Lead to the challenge of the card."""
        here = [self.workshop.pk, self.card.challenge_id]
        return redirect(reverse("workshop-challenge", args=here) + anchor)

    def show(self, form: DecisionForm, status: int = 200) -> HttpResponse:
        """Show the card with the form to whoever decides."""
        context = self.context(
            here="cafe",
            card=showing.with_practices([self.card])[0],
            challenge=self.card.challenge,
            decisions=list(self.card.decisions.select_related("institution")),
            form=form,
            chooses=access.may_choose(self.seat, self.card.challenge),
            withdraws=access.may_withdraw(self.seat, self.card, self.request.user),
        )
        return render(self.request, "workshops/cafe/card.html", context, status=status)
