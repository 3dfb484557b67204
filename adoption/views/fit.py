"""Would it fit us? A checklist that nobody else sees, unless its owner wants their team to."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from adoption import access
from adoption.forms import FitForm
from adoption.models import FitAnswer, FitCheck
from adoption.showing import behind
from adoption.views.doors import commented_practice, gone_is_not_found, members_only
from members.roles import country_of
from users.models import User


class FitView(View):
    """`GET`: one's own checklist on a practice, with its picture; `POST`: save it."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Let members in who may open the practice."""
        self.page = commented_practice(request, pk)
        if refused := members_only(request):
            return refused
        with gone_is_not_found():
            response: HttpResponseBase = super().dispatch(request)
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the checklist, filled with what was saved before."""
        found = self._found(request)
        return self._show(request, FitForm(instance=found, practice=self.page), found)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save it: one for each person and practice, however often it is pressed."""
        form = FitForm(request.POST, practice=self.page)
        if not form.is_valid():
            return self._show(request, form, self._found(request))
        shared = country_of(request.user) if form.cleaned_data["share"] else ""
        keep(request.user, self.page, form.condition_values(), shared)
        messages.success(request, _("Saved. Nobody else sees it."))
        if shared:
            messages.info(request, _("The representatives of your country can read it, too."))
        return redirect("exchange-fit", self.page.pk)

    def _found(self, request: HttpRequest) -> FitCheck | None:
        rows = access.fit_checks_of(request.user).prefetch_related("answers")
        found: FitCheck | None = rows.filter(practice=self.page).first()
        return found

    def _show(self, request: HttpRequest, form: FitForm, found: FitCheck | None) -> HttpResponse:
        context = {
            "practice": self.page,
            "form": form,
            "check": found,
            "answers": list(found.answers.all()) if found else [],
            "country": country_of(request.user),
        }
        return render(request, "adoption/fit.html", context)


def keep(user: Any, page: Any, values: dict[str, dict[str, str]], shared: str) -> FitCheck:
    """Save somebody's checklist on a practice, in place of the one before."""
    with transaction.atomic():
        # One at a time for each person, or two at once would both begin a checklist.
        User.objects.select_for_update().get(pk=user.pk)
        check, _new = FitCheck.objects.update_or_create(
            user=user, practice=page, defaults={"shared_with": shared}
        )
        for condition, answer in values.items():
            FitAnswer.objects.update_or_create(check_of=check, condition=condition, defaults=answer)
    return check


class MyFitsView(View):
    """`GET`: one's own checklists, and those that the country's team shares."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them, the last changed first."""
        if refused := members_only(request):
            return refused
        mine = access.fit_checks_of(request.user).select_related("practice__locale")
        team = access.fit_checks_of_team(request.user).select_related("practice__locale")
        shown = list(mine.prefetch_related("answers")[:200])
        context = {
            "mine": shown,
            "marked": behind(request.user, [check.practice for check in shown]),
            "team": team.prefetch_related("answers")[:200],
        }
        return render(request, "adoption/fits.html", context)


class TeamFitView(View):
    """`GET`: a checklist that somebody shared with the representatives of their country."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it to read; for anybody else it does not exist."""
        rows = access.fit_checks_of_team(request.user).select_related("practice__locale")
        check = get_object_or_404(rows.prefetch_related("answers"), pk=pk)
        context = {"practice": check.practice, "check": check, "answers": check.answers.all()}
        return render(request, "adoption/team_fit.html", context)


class DeleteFitView(View):
    """`POST`: delete one's own checklist on a practice."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete it; where there is none, nothing is told."""
        rows = FitCheck.objects.filter(user_id=request.user.pk or 0, practice__id=pk)
        get_object_or_404(rows).delete()
        messages.success(request, _("The checklist is deleted."))
        return redirect("exchange-fits")
