"""The desk itself, the work plan and the chair."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.waiting import waiting_for
from workshops.desk import access, chairing
from workshops.desk.dates import coming
from workshops.desk.doors import DeskView, one_at_a_time
from workshops.desk.forms import ChairForm, WorkForm
from workshops.models import ChairTerm, WorkItem

FORM = "workshops/desk/form.html"
ENDED = gettext_lazy("The term has ended, and its rights with it.")


class HomeView(DeskView):
    """`GET`: what waits, the days that come, and the ways to everything else."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        chair = access.held_today().first()
        context = {
            "here": "desk",
            "waiting": waiting_for(request.user),
            "coming": coming(request.user, chair),
            "chair": chair,
        }
        return render(request, "workshops/desk/home.html", context)


class PlanView(DeskView):
    """`GET`: the work plan, what is open first."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """List it."""
        items = list(WorkItem.objects.select_related("owner"))
        over = (WorkItem.Status.DONE, WorkItem.Status.DROPPED)
        context = {
            "here": "plan",
            "going": [item for item in items if item.status not in over],
            "over": [item for item in items if item.status in over],
        }
        return render(request, "workshops/desk/plan.html", context)


class WorkView(DeskView):
    """`GET`: an item of the plan, or an empty one; `POST`: store it."""

    item: WorkItem | None = None

    def prepare(self, **kwargs: Any) -> None:
        """Fetch the item."""
        if "pk" in kwargs:
            self.item = get_object_or_404(WorkItem, pk=kwargs["pk"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.show(WorkForm(instance=self.item))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        with transaction.atomic():
            one_at_a_time(WorkItem)
            stored = get_object_or_404(WorkItem, pk=self.item.pk) if self.item else None
            form = WorkForm(request.POST, instance=stored)
            if not form.is_valid():
                return self.show(form, 409 if form.standing else 400)
            form.save()
        messages.success(request, _("Saved."))
        return redirect("desk-plan")

    def show(self, form: WorkForm, status: int = 200) -> HttpResponse:
        """Show the form."""
        context = {"here": "plan", "form": form, "heading": _("Work plan"), "back": "desk-plan"}
        return render(self.request, FORM, context, status=status)


class ChairView(DeskView):
    """`GET`: who chairs, who did and who will, for members; `POST`: write a term down."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person sees, or writes, who chairs."""
        if request.method == "POST":
            return access.may_name_chair(request.user)
        return access.may_see_chairs(request.user)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the terms."""
        return self.show(ChairForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store a term, or show the form again with what was typed."""
        form = ChairForm(request.POST)
        if form.is_valid():
            try:
                chairing.name(form.instance, request.user)
            except chairing.OverlapError as error:
                told = _("In these days %(who)s chairs.") % {"who": error.other.institution}
                form.add_error("starts", told)
        if not form.is_valid():
            return self.show(form, 400)
        messages.success(request, _("Saved. The rights begin and end with the term."))
        return redirect("desk-chair")

    def show(self, form: ChairForm, status: int = 200) -> HttpResponse:
        """Show the terms with the form, to whom it is for."""
        names = access.may_name_chair(self.request.user)
        context = {
            "here": "chair",
            "terms": list(ChairTerm.objects.select_related("user", "institution")),
            "form": form if names else None,
            "uses_desk": access.may_use_desk(self.request.user),
        }
        return render(self.request, "workshops/desk/chair.html", context, status=status)


class EndChairView(DeskView):
    """`POST`: end a term before its last day."""

    http_method_names = ["post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may end a term."""
        return access.may_name_chair(request.user)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it."""
        term = get_object_or_404(ChairTerm, pk=pk)
        if chairing.end(term):
            told = _("The term is taken back.") if term.is_to_come else ENDED
            messages.success(request, told)
        return redirect("desk-chair")
