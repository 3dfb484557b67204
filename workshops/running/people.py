"""Who takes part: registering, being let in, and who leads."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from members.roles import country_of, institution_of
from users.models import Institution
from workshops import access
from workshops.doors import LeaderView, WorkshopView, kept, require
from workshops.models import Registration
from workshops.running import registering, showing
from workshops.running.forms import FacilitatorForm, RegistrationForm
from workshops.travel import access as travel_access


class RegisterView(WorkshopView):
    """`GET`: one's own registration, or the form; `POST`: ask to take part."""

    http_method_names = ["get", "head", "post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether it is open to this person, or they have registered."""
        if access.may_register(request.user, self.workshop) or self.seat.reads:
            return True
        return registering.mine(self.workshop, request.user) is not None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        mine = registering.mine(self.workshop, request.user)
        initial = {"country": country_of(request.user)}
        if institution := institution_of(request.user):
            initial["institution"] = institution.name
        if mine is not None:
            told = mine.institution.name if mine.institution else ""
            initial = {"country": mine.country, "institution": told, "text": mine.text}
        return self.show(RegistrationForm(initial=initial), mine)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        require(access.may_register(request.user, self.workshop))
        form = RegistrationForm(request.POST)
        mine = registering.mine(self.workshop, request.user)
        if not form.is_valid():
            return self.show(form, mine, 400)
        if registering.ask(self.workshop, request.user, **form.cleaned_data):
            messages.success(request, _("You are registered. You get a mail once it is decided."))
        return redirect("workshop-register", self.workshop.pk)

    def show(
        self, form: RegistrationForm, mine: Registration | None, status: int = 200
    ) -> HttpResponse:
        """Show the form, or what was decided."""
        context = self.context(
            form=form,
            mine=mine,
            institutions=Institution.objects.values_list("name", flat=True)[:500],
            may_register=access.may_register(self.request.user, self.workshop),
            asks_for_travel=travel_access.may_ask(self.request.user, self.seat, self.workshop),
            here="register",
        )
        return render(self.request, "workshops/running/register.html", context, status=status)


class WithdrawView(RegisterView):
    """`POST`: take one's own registration back."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it back; taken back already, it stays so."""
        if registering.withdraw(self.workshop, request.user):
            messages.success(request, _("Your registration is withdrawn."))
        return redirect("workshops")


class PeopleView(WorkshopView):
    """`GET`: who takes part; for those who lead, who waits, too. `POST`: name a facilitator."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        return self.show(FacilitatorForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Name somebody, for the secretariat."""
        require(access.may_name_facilitators(request.user))
        form = FacilitatorForm(request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        if registering.name_facilitator(self.workshop, form.cleaned_data["email"], request.user):
            messages.success(request, _("Saved."))
        return redirect("workshop-people", self.workshop.pk)

    def show(self, form: FacilitatorForm, status: int = 200) -> HttpResponse:
        """Show the list with the form."""
        rows = self.workshop.registrations.select_related("user", "institution")
        states = [Registration.State.WAITING, Registration.State.DECLINED]
        context = self.context(
            here="people",
            people=showing.people_of(self.workshop),
            waiting=rows.filter(state=states[0]) if self.seat.leads else [],
            declined=rows.filter(state=states[1]) if self.seat.leads else [],
            leaders=list(self.workshop.facilitators.select_related("user")),
            names=access.may_name_facilitators(self.request.user),
            form=form,
        )
        return render(self.request, "workshops/running/people.html", context, status=status)


class RelieveView(WorkshopView):
    """`POST`: let somebody facilitate no more. For the secretariat."""

    http_method_names = ["post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person says who facilitates."""
        return access.may_name_facilitators(request.user)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it; done already, it stays so."""
        self.workshop.facilitators.filter(pk=pk).delete()
        return redirect("workshop-people", self.workshop.pk)


class _RegistrationView(LeaderView):
    """About one registration of this workshop: `self.row`."""

    http_method_names = ["post", "options"]
    row: Registration

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find it."""
        rows = Registration.objects.select_related("user", "workshop")
        row = rows.filter(workshop=self.workshop, pk=kwargs["pk"]).first()
        if row is None:
            raise Http404
        self.row = row

    def back(self) -> HttpResponse:
        """Lead to the list."""
        return redirect("workshop-people", self.workshop.pk)


class DecideView(_RegistrationView):
    """`POST accept=1` or `0`, `reason`, `was`: let somebody in or decline; never oneself."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide it, once."""
        require(access.may_decide(request.user, self.row))
        accept = request.POST.get("accept") == "1"
        reason = " ".join(request.POST.get("reason", "").split())[:1000]
        if not accept and not reason:
            messages.error(request, _("Say why: the person reads it."))
            return self.back()
        try:
            was = request.POST.get("was", "")
            if registering.decide(self.row, accept, reason, request.user, was):
                messages.success(request, _("Decided. The person gets a mail."))
        except registering.ChangedMeanwhileError:
            sentence = _("The registration is another one by now. Read it, then decide.")
            if reason:
                return kept(request, sentence)
            messages.error(request, sentence)
        return self.back()


class AttendanceView(_RegistrationView):
    """`POST attended=1` or `0`: note whether somebody was there."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note it."""
        registering.note_attendance(self.row, request.POST.get("attended") == "1")
        return self.back()
