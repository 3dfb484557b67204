"""The report of a workshop: the draft, the cards, and what becomes of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from practices.access import may_contribute
from workshops import access
from workshops.doors import WorkshopView
from workshops.models import CardOutcome, ReportPage
from workshops.report import becoming, drafting
from workshops.report.citing import CARDS, cards_of, condition, name_of, standing
from workshops.report.forms import FINDING, BecomeForm
from workshops.report.showing import newest_to_show

MOST_CARDS = 500  # of a kind


class ReporterView(WorkshopView):
    """A page for those who may make a report of what is written in this workshop."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may."""
        return access.may_draft_report(request.user, self.seat)


class ReportView(ReporterView):
    """`GET`: the report and all cards; `POST`: draft it of what there is."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show where it stands, and what each card has become."""
        report = drafting.report_of(self.workshop)
        newest = newest_to_show(report) if report else None
        context = self.context(
            here="report",
            report=report,
            cited=drafting.cited_in(newest) if newest else set(),
            against=list(condition(newest)) if newest else [],
            cards=self._cards(),
            brings=access.may_bring_reports(request.user),
            edits=bool(report and access.may_check_report(request.user, report)),
        )
        return render(request, "workshops/report/report.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make the draft; pressed twice, there is one."""
        place = drafting.place_for(self.workshop)
        if place is None or not access.report_places(request.user).filter(pk=place.pk).exists():
            messages.warning(request, _("There is no page yet below which you may put a report."))
            return redirect("workshop-report", self.workshop.pk)
        drafting.draft(self.workshop, place, request.user)
        messages.success(request, _("The report is drafted. Nothing of it is public yet."))
        return redirect("workshop-report", self.workshop.pk)

    def _cards(self) -> list[tuple[Any, str, list[CardOutcome]]]:
        """Return (card, its name, what it became beside a finding), challenges first."""
        cards = [card for kind in CARDS for card in standing(kind, self.workshop)[:MOST_CARDS]]
        became: dict[str, list[CardOutcome]] = {}
        outcomes = CardOutcome.objects.filter(card__in=[name_of(card) for card in cards])
        for outcome in outcomes.exclude(page=None):
            became.setdefault(outcome.card, []).append(outcome)
        return [(card, name_of(card), became.get(name_of(card), [])) for card in cards]


class BecomeView(ReporterView):
    """`GET`: what a card may become; `POST`: make that of it, once."""

    http_method_names = ["get", "head", "post", "options"]
    card: Any
    report: ReportPage | None

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the card in this workshop."""
        name = str(kwargs["card"])
        self.card = cards_of(self.workshop, [name]).get(name)
        if self.card is None:
            raise Http404
        self.report = drafting.report_of(self.workshop)

    def get(self, request: HttpRequest, card: str) -> HttpResponse:
        """Show the card and the form."""
        return self._show(self._form())

    def post(self, request: HttpRequest, card: str) -> HttpResponse:
        """Make it; what it is already is opened."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, 400)
        kind = form.cleaned_data["kind"]
        if kind == FINDING:
            drafting.add_finding(self.workshop, self.card, request.user)
            messages.success(request, _("It is a finding of the report now, with its card."))
            return redirect("workshop-report", self.workshop.pk)
        try:
            page = becoming.make(
                self.workshop, self.card, kind, form.cleaned_data.get("target", ""), request.user
            )
        except becoming.ClosedError as error:
            form.add_error(None, str(error))
            return self._show(form, 409)
        messages.success(request, _("The draft is made. Go on writing it here."))
        return redirect(reverse("contribute-edit", args=[page.pk]))

    def _form(self, data: Any = None) -> BecomeForm:
        return BecomeForm(
            data,
            user=self.request.user,
            drafted=self.report is not None,
            writes=may_contribute(self.request.user),
        )

    def _show(self, form: BecomeForm, status: int = 200) -> HttpResponse:
        context = self.context(here="report", card=self.card, form=form)
        return render(self.request, "workshops/report/become.html", context, status=status)
