"""Presenting a challenge: its card is written, changed and taken back by its country."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from workshops import access
from workshops.cafe import writing
from workshops.cafe.forms import ChallengeForm
from workshops.cafe.views import OneChallengeView
from workshops.cafe.writing import MayNotWriteError
from workshops.doors import require
from workshops.keyed import WritingView
from workshops.models import Challenge


class NewChallengeView(WritingView):
    """`GET`: the form of a challenge card; `POST`: store it, once for each key."""

    http_method_names = ["get", "head", "post", "options"]
    codes: list[str]

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the countries that this person presents."""
        codes = self.workshop.codes
        self.codes = [c for c in codes if access.may_present(self.seat, self.workshop, c)]
        require(bool(self.codes))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        own = [code for code in self.codes if code in self.seat.countries]
        initial = {"about": (own or self.codes)[0]}
        return self.show(ChallengeForm(self.codes, self.seat.leads, initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the card, or show the form again with what was typed."""
        form = ChallengeForm(self.codes, self.seat.leads, request.POST)
        if not form.is_valid():
            return self.refused(form) or self.show(form, 400)
        told = form.cleaned_data
        card = Challenge(workshop=self.workshop, about=told["about"], language=get_language() or "")
        try:
            stored = writing.present(form.fill(card), request.user, self.seat, told["key"])
        except MayNotWriteError:
            return self.gone() or self.show(form, 403)
        if answer := self.saved(stored.pk):
            return answer
        messages.success(request, _("The challenge is on its table."))
        return redirect("workshop-challenge", self.workshop.pk, stored.pk)

    def show(self, form: ChallengeForm, status: int = 200) -> HttpResponse:
        """Show the form."""
        context = self.context(here="cafe", form=form)
        return render(self.request, "workshops/cafe/challenge_form.html", context, status=status)


class ChangeChallengeView(OneChallengeView):
    """`GET`: a challenge card to change; `POST`: change it, or take it back with `do=withdraw`."""

    http_method_names = ["get", "head", "post", "options"]

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Let in its own country, and those who lead."""
        super().prepare(request, **kwargs)
        require(access.may_change_challenge(self.seat, self.challenge))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        names = ("about", "title", "text", "ask", "order")
        initial = {name: getattr(self.challenge, name) for name in names}
        return self.show(self.form(initial=initial))

    def form(self, *args: Any, **kwargs: Any) -> ChallengeForm:
        """Return the form of this card; whose challenge it is stays."""
        return ChallengeForm([self.challenge.about], self.seat.leads, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        if request.POST.get("do") == "withdraw":
            if writing.withdraw_challenge(self.challenge):
                messages.success(request, _("The challenge is taken back."))
            return redirect("workshop-cafe", self.workshop.pk)
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        form.fill(self.challenge).save()
        messages.success(request, _("Saved."))
        return self.see()

    def show(self, form: ChallengeForm, status: int = 200) -> HttpResponse:
        """Show the form."""
        context = self.context(here="cafe", form=form, challenge=self.challenge)
        return render(self.request, "workshops/cafe/challenge_form.html", context, status=status)
