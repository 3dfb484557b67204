"""Presenting a challenge: its card is written, changed and taken back by its country."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
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
from workshops.meanwhile import CONFLICT, Standing, told
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
        """Show the form; a link may propose whose challenge it is, and its sentence."""
        own = [code for code in self.codes if code in self.seat.countries]
        about = request.GET.get("about")
        initial = {
            "about": about if about in self.codes else (own or self.codes)[0],
            "title": request.GET.get("title", "")[:200],
        }
        return self.show(ChallengeForm(self.codes, self.seat.leads, initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the card, or show the form again with what was typed."""
        form = ChallengeForm(self.codes, self.seat.leads, request.POST)
        if not form.is_valid():
            return self.refused(form) or self.show(form, 400)
        sent = form.cleaned_data
        card = Challenge(workshop=self.workshop, about=sent["about"], language=get_language() or "")
        try:
            stored = writing.present(form.fill(card), request.user, sent["key"])
        except MayNotWriteError:
            return self.gone(status=403)
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

    def prepare(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """Let in its own country, and those who lead."""
        if early := super().prepare(request, **kwargs):
            return early
        if not access.may_change_challenge(self.seat, self.challenge):
            if request.method == "POST" and access.may_choose(self.seat, self.challenge):
                return self.gone(_("The workshop is closed."))
            raise Http404
        return None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        return self.show(self.form())

    def form(self, *args: Any) -> ChallengeForm:
        """Return the form of this card; whose challenge it is stays."""
        names = ("about", "title", "text", "ask", "order")
        initial = {name: getattr(self.challenge, name) for name in names}
        return ChallengeForm([self.challenge.about], self.seat.leads, *args, initial=initial)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        if request.POST.get("do") == "withdraw":
            if writing.withdraw_challenge(self.challenge):
                messages.success(request, _("The challenge is taken back."))
            return redirect("workshop-cafe", self.workshop.pk)
        with transaction.atomic():
            rows = Challenge.objects.select_for_update().filter(withdrawn_at=None)
            stored = rows.filter(pk=self.challenge.pk).first()
            if stored is None:
                return self.gone(_("Its country has taken this challenge back."))
            stored.workshop = self.workshop
            self.challenge = stored
            form = self.form(request.POST)
            if not form.is_valid():
                return self.show(form, 400)
            if not Standing(self.form()).yields_to(form, request):
                return self.show(form, CONFLICT)
            form.fill(stored).save(update_fields=["title", "text", "ask", "order", "changed_at"])
        messages.success(request, _("Saved."))
        return self.see()

    def show(self, form: ChallengeForm, status: int = 200) -> HttpResponse:
        """Show the form."""
        meanwhile = told(self.request, Standing(self.form()), status == CONFLICT)
        context = self.context(here="cafe", form=form, challenge=self.challenge, **meanwhile)
        return render(self.request, "workshops/cafe/challenge_form.html", context, status=status)
