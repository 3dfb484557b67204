"""The annual report: its chapters on a board, and the figures of each year."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from practices.importing.tables import ENDINGS, as_table
from workshops.desk import access, packs, reminding
from workshops.desk.doors import DeskView, one_at_a_time
from workshops.desk.forms import ContributionForm, HandInForm, YearForm
from workshops.models import AnnualReport, Contribution, DataPack

FORM = "workshops/desk/form.html"
CONFLICT = 409


class BoardView(DeskView):
    """`GET`: the chapters of each report by where they stand."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the board."""
        chapters = list(Contribution.objects.select_related("owner", "institution"))
        boards = [
            (report, [
                (status.label, [each for each in chapters
                                if each.report_id == report.pk and each.status == status])
                for status in Contribution.Status
            ])
            for report in AnnualReport.objects.all()
        ]  # fmt: skip
        return render(request, "workshops/desk/board.html", {"here": "report", "boards": boards})


class ContributionView(DeskView):
    """`GET`: a chapter; `POST`: change it. Whoever writes it says where it stands, no more."""

    contribution: Contribution | None = None

    def allowed(self, request: HttpRequest) -> bool:
        """Let in whoever is signed in; `prepare` finds only what is theirs."""
        return True

    def prepare(self, **kwargs: Any) -> None:
        """Fetch the chapter, if this person sees it; only the desk begins one."""
        if "pk" in kwargs:
            rows = access.contributions_for(self.request.user)
            rows = rows.select_related("report", "institution", "owner")
            self.contribution = get_object_or_404(rows, pk=kwargs["pk"])
        elif not self.uses_desk:
            raise Http404

    @property
    def uses_desk(self) -> bool:
        """Whether this person is of the desk."""
        return access.may_use_desk(self.request.user)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        with transaction.atomic():
            one_at_a_time(Contribution)
            self.prepare(**kwargs)
            asked = self.contribution.owner_id if self.contribution else None
            form = self.form(request.POST)
            if not form.is_valid():
                return self.show(form, CONFLICT if form.standing else 400)
            stored = form.save()
            if stored.owner_id not in (None, asked, request.user.pk):
                reminding.ask(stored)
        messages.success(request, _("Saved."))
        if self.uses_desk:
            return redirect("desk-report")
        return redirect("desk-contribution", stored.pk)

    def form(self, data: Any = None) -> Any:
        """Return the form of whoever asks."""
        kind = ContributionForm if self.uses_desk else HandInForm
        return kind(data, instance=self.contribution)

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """Show the form."""
        context = {
            "here": "report",
            "form": form,
            "heading": _("Chapter of the annual report"),
            "back": "desk-report" if self.uses_desk else "",
            "contribution": self.contribution,
            "uses_desk": self.uses_desk,
        }
        return render(self.request, FORM, context, status=status)


class RemindView(DeskView):
    """`POST`: remind whoever writes a chapter, at most once a day."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the mail, or say why not."""
        get_object_or_404(Contribution, pk=pk)
        if reminding.remind(pk, again=True):
            messages.success(request, _("The reminder is sent."))
        else:
            messages.info(
                request, _("Nobody to remind: handed in, no owner, or reminded today already.")
            )
        return redirect("desk-report")


class PacksView(DeskView):
    """`GET`: the frozen figures of each year; `POST year=`: freeze those of a year."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        return self.show(YearForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Freeze them, once."""
        if not access.may_freeze(request.user):
            raise Http404
        form = YearForm(request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        try:
            pack = packs.freeze(form.cleaned_data["year"], request.user)
        except packs.FrozenAlreadyError:
            form.add_error("year", _("The figures of this year are frozen already."))
            return self.show(form, CONFLICT)
        return redirect("desk-pack", pack.year)

    def show(self, form: YearForm, status: int = 200) -> HttpResponse:
        """Show them with the form, to whom it is for."""
        freezes = access.may_freeze(self.request.user)
        context = {
            "here": "packs",
            "packs": list(DataPack.objects.all()),
            "form": form if freezes else None,
        }
        return render(self.request, "workshops/desk/packs.html", context, status=status)


class PackView(DeskView):
    """`GET`: the figures of a year, to read or as csv, xlsx or the json that was hashed."""

    http_method_names = ["get", "head", "options"]
    pack: DataPack

    def prepare(self, **kwargs: Any) -> None:
        """Fetch the pack."""
        self.pack = get_object_or_404(DataPack, year=kwargs["year"])

    def get(self, request: HttpRequest, year: int, ending: str = "") -> HttpResponse:
        """Show it, or hand it out."""
        pack = self.pack
        whole = packs.is_whole(pack)
        if ending and not whole:
            # Nothing leaves under the name of figures that were frozen.
            return self.show(whole, CONFLICT)
        if ending == "json":
            response = HttpResponse(packs.canonical(pack.figures), content_type="application/json")
            response["Content-Disposition"] = f'attachment; filename="figures-{pack.year}.json"'
            return response
        if ending in ENDINGS:
            head = [_("Figure"), _("Value"), _("Key")]
            return as_table(f"figures-{pack.year}", head, packs.rows(pack), ending)
        if ending:
            raise Http404
        return self.show(whole)

    def show(self, whole: bool, status: int = 200) -> HttpResponse:
        """Show the figures, and whether they are those that were frozen."""
        pack = self.pack
        context = {"here": "packs", "pack": pack, "rows": packs.rows(pack), "whole": whole}
        return render(self.request, "workshops/desk/pack.html", context, status=status)
