"""The goals of a country: one for each gap that its team turns into one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from countries.gaps.addressing import known_for
from countries.goals.forms import GoalForm
from countries.models import GapKind, Goal
from countries.rows import DeleteView, RowView


class _AboutGoals:
    """A goal stands beside its gap."""

    code: str

    def to_the_desk(self) -> HttpResponse:
        """Lead back to the gaps, where goals stand."""
        return redirect("country-gaps", self.code)


class GoalView(_AboutGoals, RowView):
    """A goal: a new one for a gap, or one that is there."""

    model = Goal
    form_class = GoalForm
    part = "goals"
    heading = _("Change a goal")
    new_heading = _("Make it a goal")
    template = "countries/goals/goal.html"
    row: Goal

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the goal, or begin one for the gap in the address."""
        self.gap = kwargs.pop("gap", "") or request.POST.get("gap", "")
        super().prepare(request, **kwargs)

    def new_row(self, request: HttpRequest) -> Goal:
        """Return an empty goal for the gap; one that was deleted meanwhile is sent with its gap."""
        kind = GapKind.objects.filter(code=self.gap).first()
        if kind is None:
            raise Http404
        return Goal(about=self.code, kind=kind)

    def form(self, data: Any = None) -> GoalForm:
        """Offer the practices that fit the gap, and the one whose link led here."""
        asked = known_for(self.request, self.row.kind, self.code)
        numbers = [hit.key.partition(":")[2] for hit in asked if hit.key.startswith("practice:")]
        chosen = self.request.GET.get("practice", "")
        offered = [int(each) for each in (*numbers, chosen) if each.isdecimal()]
        initial = {"practice": chosen} if chosen.isdecimal() and data is None else {}
        return GoalForm(data, instance=self.row, offered=offered, initial=initial)

    def context(self, **more: Any) -> dict[str, Any]:
        """Say for which gap it is."""
        return super().context(kind=self.row.kind, **more)


class DeleteGoalView(_AboutGoals, DeleteView):
    """Delete a goal."""

    model = Goal
    part = "goals"
