"""The list of workshops, the desk of one, and its set-up."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from practices.contributing.doors import is_forged
from workshops import access
from workshops.doors import LeaderView, WorkshopView, never_kept, require, signed_out, stale
from workshops.preparing.showing import standing_of
from workshops.running import community, showing
from workshops.running.forms import CloneForm, WorkshopForm
from workshops.running.setting_up import clone, just_made, keep, set_closed
from workshops.running.waiting import waits
from workshops.travel import access as travel_access


@method_decorator([never_kept, login_required], name="dispatch")
class WorkshopsView(View):
    """`GET`: the workshops of whoever asks, and those for which they may register."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them, the newest first."""
        mine, offered = showing.lists(request.user)
        found = waits(mine, request.user)
        context = {
            "mine": [(each, found.get(each.pk, [])) for each in mine],
            "offered": offered,
            "creates": access.may_create(request.user),
        }
        return render(request, "workshops/running/list.html", context)


class DeskView(WorkshopView):
    """`GET`: a workshop with its agenda, its documents, and the way to everything else."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        workshop, user = self.workshop, request.user
        context = self.context(
            here="desk",
            agenda=list(workshop.agenda.all()),
            documents=list(access.documents_for(user).filter(workshop=workshop)),
            waiting=showing.waiting(workshop) if self.seat.leads else 0,
            counts=showing.counts(workshop),
            carried=list(showing.carried_over(workshop, user)[:50]),
            community=community.place_of(workshop, user),
            may_open_community=self._may_open_community(),
            creates=access.may_create(user),
            asks_for_travel=travel_access.may_ask(user, self.seat, workshop),
            pays_travel=travel_access.may_decide(user),
            leaders=list(workshop.facilitators.select_related("user")),
            standing=standing_of(workshop, self.seat, user),
            silent=showing.silent_countries(workshop) if self.seat.leads else [],
        )
        return render(request, "workshops/running/desk.html", context)

    def _may_open_community(self) -> bool:
        free = not self.workshop.community and community.may_have_one()
        return free and access.may_create(self.request.user)


class SetUpView(WorkshopView):
    """`GET`: the facts of a workshop; `POST`: change them. For the secretariat."""

    http_method_names = ["get", "head", "post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person sets workshops up: countries decide who reads."""
        return access.may_create(request.user)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(WorkshopForm(instance=self.workshop))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        form = WorkshopForm(request.POST, instance=self.workshop)
        if not form.is_valid():
            self.workshop.refresh_from_db()
            return self.show(form, 400)
        keep(form.instance, form.cleaned_data["taking_part"], request.user)
        messages.success(request, _("Saved."))
        return redirect(self.workshop)

    def show(self, form: WorkshopForm, status: int = 200) -> HttpResponse:
        """Show the form in the frame of the desk."""
        context = self.context(form=form, heading=_("Set the workshop up"), part="")
        return render(self.request, "workshops/running/row.html", context, status=status)


# `is_forged` asks for the token, so that nothing typed is lost.
@method_decorator([never_kept, csrf_exempt], name="dispatch")
class NewWorkshopView(View):
    """`GET`: an empty form; `POST`: set a workshop up. For the secretariat."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the right, answer."""
        if not request.user.is_authenticated:
            return signed_out(request)
        if request.method == "POST" and is_forged(request):
            return stale(request)
        require(access.may_create(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return render(request, "workshops/running/new.html", {"form": WorkshopForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        form = WorkshopForm(request.POST)
        if not form.is_valid():
            return render(request, "workshops/running/new.html", {"form": form}, status=400)
        told = form.cleaned_data
        with transaction.atomic():
            made = just_made(told["title"], told["starts"], request.user)
            if made is None:
                made = form.instance
                keep(made, told["taking_part"], request.user)
        messages.success(request, _("Saved."))
        return redirect(made)


class CloneView(WorkshopView):
    """`GET`: what differs; `POST`: set up a workshop like this one. For the secretariat."""

    http_method_names = ["get", "head", "post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person sets workshops up."""
        return access.may_create(request.user)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(CloneForm(initial={"title": self.workshop.title}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set it up and go to its desk."""
        form = CloneForm(request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        told = form.cleaned_data
        with transaction.atomic():
            made = just_made(told["title"], told["starts"], request.user)
            made = made or clone(self.workshop, user=request.user, **told)
        messages.success(request, _("This is the new workshop. Nobody has registered for it yet."))
        return redirect(made)

    def show(self, form: CloneForm, status: int = 200) -> HttpResponse:
        """Show the form in the frame of the desk."""
        context = self.context(form=form, heading=_("Set up another workshop like this"), part="")
        return render(self.request, "workshops/running/row.html", context, status=status)


class CloseView(LeaderView):
    """`POST closed=1` or `0`: let nothing new be written in it, or open it again."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it; pressed twice, nothing more happens."""
        closed = request.POST.get("closed") == "1"
        if set_closed(self.workshop, closed):
            told = _("The workshop is closed.") if closed else _("The workshop is open again.")
            messages.success(request, told)
        return redirect(self.workshop)


class CommunityView(WorkshopView):
    """`POST`: open a private community of its own, and invite who takes part."""

    http_method_names = ["post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person opens communities."""
        return access.may_create(request.user)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Open it; where there is one already, it stays."""
        participants = list(access.participants_of(self.workshop))
        if community.open_for(self.workshop, participants, request.user):
            messages.success(request, _("The community is open; those who take part are invited."))
        return redirect(self.workshop)
