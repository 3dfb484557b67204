"""The desk of a country, and the facts of its profile."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from countries.doors import DeskView
from countries.models import ProfileEntry
from countries.profile.codes import word_of, words_of
from countries.profile.entering import enter, held
from countries.profile.forms import EntryForm, NewEntriesForm
from countries.rows import DeleteView, RowView
from countries.showing import Said


class CountryDeskView(DeskView):
    """`GET`: all that is stored of a country, row by row with who may read it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the desk."""
        said = Said(self.code, request.user)
        return render(request, "countries/profile/desk.html", self.context(said=said))


class NewEntriesView(DeskView):
    """`GET`: the facts of a kind that are not said yet; `POST`: say some of them."""

    kind: str

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Know the kind, or answer as if there were nothing."""
        self.kind = kwargs["kind"]
        if self.kind not in ProfileEntry.Kind.values:
            raise Http404

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Show the empty form."""
        return self._show(NewEntriesForm(kind, held(self.code, kind)))

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Store what was chosen, or show it again."""
        form = NewEntriesForm(kind, held(self.code, kind), request.POST)
        if not form.is_valid():
            return self._show(form, 400)
        told = form.cleaned_data
        said = {name: told[name] for name in ("note", "source", "public")}
        left = enter(self.code, kind, told["codes"], request.user, **said)
        if left:
            names = ", ".join(word_of(kind, code) for code in left)
            again = _("Already in the profile, and left as it was: %(names)s.")
            messages.warning(request, again % {"names": names})
        if len(left) < len(told["codes"]):
            messages.success(request, _("Saved."))
        return redirect(reverse("country-desk", args=[self.code]) + f"#{kind}")

    def _show(self, form: NewEntriesForm, status: int = 200) -> HttpResponse:
        heading = ProfileEntry.Kind(self.kind).label
        context = self.context(form=form, row=None, heading=heading, part=self.kind)
        return render(self.request, "countries/row.html", context, status=status)


class EntryView(RowView):
    """One fact of the profile."""

    model = ProfileEntry
    form_class = EntryForm
    row: ProfileEntry

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Name the fact above its form."""
        super().prepare(request, **kwargs)
        if not self.row.kind:
            raise Http404
        self.part = self.row.kind
        self.heading = self.new_heading = word_of(self.row.kind, self.row.code)

    def new_row(self, request: HttpRequest) -> ProfileEntry:
        """Return the fact that was sent, for one that is gone; nothing for any other."""
        kind, _colon, code = request.POST.get("fact", "").partition(":")
        known = kind in ProfileEntry.Kind.values and code in words_of(kind)
        return ProfileEntry(about=self.code, kind=kind if known else "", code=code)


class DeleteEntryView(DeleteView):
    """Take a fact out of the profile."""

    model = ProfileEntry
    part = "profile"
    row: ProfileEntry

    def name(self) -> str:
        """Return what the fact says."""
        return word_of(self.row.kind, self.row.code)
