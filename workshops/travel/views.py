"""The page on which somebody asks for travel support, and the secretariat's list of requests."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from workshops.doors import WorkshopView, require
from workshops.models import TravelRequest
from workshops.running.showing import people_of
from workshops.travel import access, asking
from workshops.travel.forms import AnswerForm, TravelForm


class TravelView(WorkshopView):
    """`GET`: one's own request, or the form; `POST`: ask for support."""

    http_method_names = ["get", "head", "post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether support is offered to this person, or they have asked for it."""
        if access.may_ask(request.user, self.seat, self.workshop):
            return True
        return asking.mine(self.workshop, request.user) is not None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        mine = asking.mine(self.workshop, request.user)
        told = {"travels_from": mine.travels_from, "needs": mine.needs} if mine else {}
        return self.show(TravelForm(initial=told), mine)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        mine = asking.mine(self.workshop, request.user)
        require(access.may_ask(request.user, self.seat, self.workshop))
        form = TravelForm(request.POST)
        if not form.is_valid():
            return self.show(form, mine, 400)
        if asking.ask(self.workshop, request.user, **form.cleaned_data):
            messages.success(request, _("The secretariat has your request. It answers by mail."))
        else:
            messages.warning(request, _("The secretariat has answered already. Write to it."))
        return redirect("workshop-travel", self.workshop.pk)

    def show(self, form: TravelForm, mine: TravelRequest | None, status: int = 200) -> HttpResponse:
        """Show the form, or what was answered."""
        may = access.may_ask(self.request.user, self.seat, self.workshop)
        context = self.context(here="travel", form=form, mine=mine, may_ask=may)
        return render(self.request, "workshops/travel/mine.html", context, status=status)


class WithdrawView(TravelView):
    """`POST`: take one's own request back."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it back; taken back already, it stays so."""
        if asking.withdraw(self.workshop, request.user):
            messages.success(request, _("Your request is withdrawn."))
        return redirect("workshop-travel", self.workshop.pk)


class _OfficeView(WorkshopView):
    """A page for those who pay."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person decides on journeys."""
        return access.may_decide(request.user)

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        """Show all requests, those that wait first."""
        rows = access.requests_for(self.request.user).filter(workshop=self.workshop)
        requests = list(rows.select_related("user"))
        requests.sort(key=lambda row: row.state != TravelRequest.State.WAITING)
        known = {person.user.pk: person for person in people_of(self.workshop)}
        context = self.context(
            here="travel",
            requests=[(row, known.get(row.user_id)) for row in requests],
            granted=asking.granted(self.workshop),
            **more,
        )
        return render(self.request, "workshops/travel/requests.html", context, status=status)


class RequestsView(_OfficeView):
    """`GET`: who asks for support, and how many journeys are left."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self.show()


class DecideView(_OfficeView):
    """`POST answer`, `grant=1` or none: answer one request; never one's own."""

    http_method_names = ["post", "options"]
    row: TravelRequest

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find it in this workshop."""
        rows = access.requests_for(request.user).exclude(user=request.user.pk)
        row = rows.filter(workshop=self.workshop, pk=kwargs["pk"]).select_related("user").first()
        if row is None:
            raise Http404
        self.row = row

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer it, once."""
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self._again(form, _("Write an answer: the person reads it."))
        answer, grant = form.cleaned_data["answer"], form.cleaned_data["grant"]
        try:
            done = asking.decide(self.row, grant, answer, request.user)
        except asking.NoneLeftError:
            return self._again(
                form,
                _("All journeys that can be paid for are granted. Change their number first."),
                409,
            )
        if done:
            messages.success(request, _("Decided. The person gets a mail."))
        return redirect("workshop-travel-requests", self.workshop.pk)

    def _again(self, form: AnswerForm, told: str, status: int = 400) -> HttpResponse:
        typed = form.data.get("answer", "")
        return self.show(status, wrong=self.row.pk, told=told, typed=typed)
