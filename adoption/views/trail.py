"""Telling that a practice was adapted, and confirming it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View
from wagtail.query import PageQuerySet

from adoption import access
from adoption.forms import AdoptionForm, OriginAnswerForm
from adoption.saying import (
    ChangedMeanwhileError,
    answer_adoption,
    change_adoption,
    tell_adoption,
    version_of,
)
from adoption.views.doors import (
    commented_practice,
    gone_is_not_found,
    members_only,
    not_for,
    require,
)
from practices.access import practices_of
from practices.models import PracticePage


def own_practices(user: Any, origin: PracticePage) -> "PageQuerySet[PracticePage]":
    """Return the practices that an adapter may name as the own page of an adaptation."""
    pages: PageQuerySet[PracticePage] = (
        practices_of(user)
        .filter(pk__in=access.open_practices(user).values("pk"))
        .exclude(translation_key=origin.translation_key)
        .order_by("title")
    )
    return pages


class AdaptView(View):
    """`GET`: the form; `POST`: store that the member's institution has adapted the practice."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Let members in who are peers of those who did it."""
        self.page = commented_practice(request, pk)
        if refused := members_only(request):
            return refused
        if not access.may_adapt(request.user, self.page):
            told = _("Only others than those who did this practice say that they adapted it.")
            return not_for(request, self.page, told)
        with gone_is_not_found():
            response: HttpResponseBase = super().dispatch(request)
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self._show(request, self._form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        form = self._form(request, request.POST)
        if not form.is_valid():
            return self._show(request, form)
        form.instance.origin = self.page
        adoption = tell_adoption(form.instance, form.condition_values(), request.user)
        messages.success(request, _("Thank you. Those who did it first are asked to confirm it."))
        return redirect("exchange-adaptation", adoption.pk)

    def _form(self, request: HttpRequest, data: Any = None) -> AdoptionForm:
        own = own_practices(request.user, self.page)
        return AdoptionForm(data, practice=self.page, own=own)

    def _show(self, request: HttpRequest, form: AdoptionForm) -> HttpResponse:
        return render(request, "adoption/adapt.html", {"practice": self.page, "form": form})


class _OneAdoptionView(View):
    """A step on an adaptation that this reader may see; any other is not found."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Find it for this reader."""
        rows = access.adoptions_for(request.user).select_related(
            "origin__locale", "origin__owner", "institution", "author", "own_practice"
        )
        self.adoption = get_object_or_404(rows, pk=pk)
        require(self.allowed(request))
        with gone_is_not_found():
            response: HttpResponseBase = super().dispatch(request)
        return response

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this reader may do this; by default, whether they told it."""
        return access.may_change_adoption(request.user, self.adoption)

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what all pages on an adaptation show."""
        return {"adoption": self.adoption, "practice": self.adoption.origin}


class AdoptionView(_OneAdoptionView):
    """`GET`: one adaptation with its conditions, its result and what the origin says."""

    http_method_names = ["get", "head", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return True: whoever sees it in the trail may read it."""
        return True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it; what the origin says is for those who may see the adaptation."""
        own = self.adoption.own_practice_id
        shown = access.open_practices(request.user).filter(pk=own).first() if own else None
        context = self.context(request) | {
            "conditions": self.adoption.conditions.all(),
            "answers": self.adoption.answers.select_related("institution"),
            "own_practice": shown,
            "takes_part": access.takes_part(request.user),
            "may_change": access.may_change_adoption(request.user, self.adoption),
            "may_confirm": access.may_confirm(request.user, self.adoption),
        }
        return render(request, "adoption/adaptation.html", context)


class ChangeAdoptionView(_OneAdoptionView):
    """`GET`: the form; `POST`: change what one has told."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it as it stands."""
        return self._show(request, self._form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the change; what the origin confirmed is asked anew where the facts changed."""
        form = self._form(request, request.POST)
        if not form.is_valid():
            return self._show(request, form)
        change_adoption(form.instance, form.condition_values())
        messages.success(request, _("Your change is saved."))
        return redirect("exchange-adaptation", self.adoption.pk)

    def _form(self, request: HttpRequest, data: Any = None) -> AdoptionForm:
        origin = self.adoption.origin
        own = own_practices(request.user, origin)
        return AdoptionForm(data, instance=self.adoption, practice=origin, own=own)

    def _show(self, request: HttpRequest, form: AdoptionForm) -> HttpResponse:
        return render(request, "adoption/adapt.html", self.context(request) | {"form": form})


class DeleteAdoptionView(_OneAdoptionView):
    """`GET`: ask; `POST`: delete what one has told."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask whether it is meant."""
        return render(request, "adoption/delete_adaptation.html", self.context(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Delete it."""
        self.adoption.delete()
        messages.success(request, _("It is deleted."))
        return redirect("exchange-practice", self.adoption.origin_id)


class ConfirmView(_OneAdoptionView):
    """`GET`: the form; `POST`: the origin confirms or comments; never the adapter itself."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this member speaks for the origin and not for the adapter."""
        return access.may_confirm(request.user, self.adoption)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what was told, and the form."""
        return self._show(request, OriginAnswerForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the answer."""
        form = OriginAnswerForm(request.POST)
        if not form.is_valid():
            return self._show(request, form)
        form.instance.adoption = self.adoption
        try:
            answer_adoption(form.instance, request.user, request.POST.get("version", ""))
        except ChangedMeanwhileError:
            told = _("It was changed meanwhile. Please read it again before you answer.")
            form.add_error(None, told)
            self.adoption.refresh_from_db()
            return self._show(request, form)
        messages.success(request, _("Thank you. Your answer stands with the adaptation now."))
        return redirect("exchange-adaptation", self.adoption.pk)

    def _show(self, request: HttpRequest, form: OriginAnswerForm) -> HttpResponse:
        context = self.context(request) | {
            "form": form,
            "version": version_of(self.adoption),
            "conditions": self.adoption.conditions.all(),
        }
        return render(request, "adoption/confirm.html", context)
