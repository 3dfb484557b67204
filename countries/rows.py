"""The pages by which one row of a desk is written, changed and deleted: the same for all kinds."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from countries.doors import DeskView
from countries.forms import RowForm
from countries.keeping import ChangedMeanwhileError, TakenError, keep, take_out
from countries.models import OfCountry

CONFLICT = 409


class _OneRowView(DeskView):
    """About one row of this country: `self.row`, or a new one; `self.lost` where it is gone."""

    model: type[OfCountry]
    part = ""  # the part of the desk where it stands
    row: OfCountry
    lost = False

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the row in this country."""
        stored = None
        if (pk := kwargs.get("pk")) is not None:
            stored = self.model._default_manager.filter(about=self.code, pk=pk).first()
            self.lost = stored is None
        self.row = stored or self.new_row(request)

    def new_row(self, request: HttpRequest) -> OfCountry:
        """Return the row that a form begins with."""
        return self.model(about=self.code)

    def to_the_desk(self) -> HttpResponse:
        """Lead back to where the row stands."""
        return redirect(reverse("country-desk", args=[self.code]) + f"#{self.part}")


class RowView(_OneRowView):
    """`GET`: the form of a row, filled or empty; `POST`: store it, or show what was typed again."""

    form_class: type[RowForm]
    template = "countries/row.html"
    heading: str | Promise = ""
    new_heading: str | Promise = ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        if self.lost:
            raise Http404
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it; what somebody else has changed or deleted meanwhile is shown first."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        was = form.cleaned_data["was"]
        if self.lost and was:
            told = _("Somebody has deleted this meanwhile. Save again to enter it anew.")
            return self.show(_again(form, told, ""), CONFLICT)
        try:
            keep(form.instance, request.user, was)
        except ChangedMeanwhileError:
            return self._compared(form)
        except TakenError:
            form.add_error(None, _("This is in the list already. Change it there."))
            return self.show(form, CONFLICT)
        messages.success(request, _("Saved."))
        return self.to_the_desk()

    def form(self, data: Any = None) -> RowForm:
        """Return the form of this row."""
        return self.form_class(data, instance=self.row)

    def _compared(self, form: RowForm) -> HttpResponse:
        """Show what was typed beside what stands there now; sent again, it replaces that."""
        stored = self.model._default_manager.filter(about=self.code, pk=self.row.pk).first()
        if stored is None:
            told = _("Somebody has deleted this meanwhile. Save again to enter it anew.")
            return self.show(_again(form, told, ""), CONFLICT)
        now = self.form_class(instance=stored)
        told = _(
            "Somebody has changed this meanwhile. Read what stands there now, then save again."
        )
        return self.show(_again(form, told, now.initial["was"]), CONFLICT, stands=now.shown())

    def show(self, form: RowForm, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form."""
        stored = self.row.pk is not None and not self.lost
        context = self.context(
            form=form,
            row=self.row if stored else None,
            heading=self.heading if stored else self.new_heading,
            part=self.part,
            **more,
        )
        return render(self.request, self.template, context, status=status)


def _again(form: RowForm, told: str, was: str) -> RowForm:
    """Return a form that says why it was not stored, and may be sent again as it is."""
    form.add_error(None, told)
    given: Any = form.data
    data = given.copy()
    data["was"] = was
    form.data = data
    return form


class DeleteView(_OneRowView):
    """`GET`: ask; `POST`: delete a row for good. What is gone already stays gone."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask whether it is meant."""
        if self.lost:
            raise Http404
        context = self.context(row=self.row, name=self.name(), part=self.part)
        return render(request, "countries/delete.html", context)

    def name(self) -> str:
        """Return how the row is called."""
        return str(self.row)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Delete it."""
        if not self.lost:
            take_out(self.row, request.user)
        messages.success(request, _("Deleted."))
        return self.to_the_desk()
