"""The preparation of a workshop: what is asked, how far the countries are, and their gaps."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.importing.tables import ENDINGS, as_table
from vocabulary.labels import label
from workshops import access as workshop_access
from workshops.doors import WorkshopView, require
from workshops.meanwhile import CONFLICT, Standing, told
from workshops.models import Workshop
from workshops.preparing import access, beginning, reminding, sharing, showing
from workshops.preparing.assessments import Lender, lender
from workshops.preparing.forms import ChoosingForm


class PreparingView(WorkshopView):
    """Something of the preparation, where another app lends assessments: `self.lends`."""

    lends: Lender

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find who lends."""
        found = lender()
        if found is None:
            raise Http404
        self.lends = found

    def back(self) -> HttpResponseBase:
        """Return to the page of all of it."""
        return redirect("workshop-preparation", self.workshop.pk)


class PreparationView(PreparingView):
    """`GET`: all of it; `POST`: say what the countries answer and until when."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Store what is asked, or show the form again with what was typed."""
        require(access.may_choose(request.user, self.workshop))
        form = ChoosingForm(self.workshop, self.lends, request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        with transaction.atomic():
            stored = Workshop.objects.select_for_update().get(pk=self.workshop.pk)
            if not Standing(ChoosingForm(stored, self.lends)).yields_to(form, request):
                return self.show(form, CONFLICT)
            beginning.choose(stored, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return self.back()

    def show(self, form: ChoosingForm | None = None, status: int = 200) -> HttpResponse:
        """Show how far the countries are and what their gaps are, with what this reader may do."""
        workshop, user = self.workshop, self.request.user
        chooses = access.may_choose(user, workshop)
        own = access.represented(user, workshop)
        table = showing.table_of(workshop, user)
        context = self.context(
            here="preparation",
            title=dict(self.lends.offered()).get(workshop.questionnaire, workshop.questionnaire),
            standing=showing.standing_of(workshop, self.seat, user),
            reminds=access.may_remind(self.seat, workshop),
            form=(form or ChoosingForm(workshop, self.lends)) if chooses else None,
            can_begin=chooses and beginning.can_begin(workshop),
            table=table,
            shares=showing.shares_of(workshop, own, table),
            home=own[0] if len(own) == 1 else "",
            presents=[c for c in own if workshop_access.may_present(self.seat, workshop, c)],
            **(self._meanwhile(status) if chooses else {}),
        )
        template = "workshops/preparing/preparation.html"
        return render(self.request, template, context, status=status)

    def _meanwhile(self, status: int) -> dict[str, Any]:
        stored = Workshop.objects.get(pk=self.workshop.pk) if status == CONFLICT else self.workshop
        return told(self.request, Standing(ChoosingForm(stored, self.lends)), status == CONFLICT)


class BeginView(PreparingView):
    """`POST`: begin a round in every country that has none open. For the secretariat."""

    http_method_names = ["post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person begins it for all."""
        return access.may_choose(request.user, self.workshop)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Begin them; pressed twice, nothing more happens."""
        if not beginning.can_begin(self.workshop):
            messages.error(
                request, _("Choose a questionnaire and a last day that is not over first.")
            )
            return self.back()
        number = beginning.begin_for_all(self.workshop, request.user)
        begun = ngettext("Begun in %(n)s country.", "Begun in %(n)s countries.", number)
        messages.success(request, begun % {"n": number})
        return self.back()


class RemindView(PreparingView):
    """`POST`: remind the people of all countries that lack answers, or of the one in `code`."""

    http_method_names = ["post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person has them reminded."""
        return access.may_remind(self.seat, self.workshop)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Send the mails, each country at most once a day."""
        one = request.POST.get("code")
        codes = access.states_for(self.seat, self.workshop)
        asked = [code for code in codes if one in (None, code)]
        require(one is None or bool(asked))
        done = reminding.remind(self.workshop, asked, request.user)
        if done.people:
            messages.success(request, _reached(done))
        else:
            messages.info(
                request, _("Nobody to remind: answered, reminded today, or represented by nobody.")
            )
        return self.back()


def _reached(done: reminding.Reminded) -> str:
    people = ngettext("%(n)s person", "%(n)s people", done.people) % {"n": done.people}
    of = ngettext("of %(n)s country", "of %(n)s countries", done.countries) % {"n": done.countries}
    return _("Reminded: %(people)s %(of)s") % {"people": people, "of": of}


class ShareView(PreparingView):
    """`POST code=`: share the gaps of a country with the room, or with `shared=0` no more."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Do it; pressed twice, nothing more happens."""
        workshop, user, code = self.workshop, request.user, request.POST.get("code", "")
        if request.POST.get("shared") == "0":
            require(access.may_take_back(user, workshop, code))
            if sharing.take_back(workshop, code):
                messages.success(request, _("Your gaps are your own again."))
            return self.back()
        require(access.may_share_gaps(user, workshop, code))
        try:
            if sharing.share(workshop, code, request.POST.get("questionnaire", ""), user):
                messages.success(request, _("Those of this workshop see your gaps now."))
        except sharing.ChangedError:
            sentence = _("The workshop asks another questionnaire by now. Look at it first.")
            messages.error(request, sentence)
        return self.back()


class GapsFileView(PreparingView):
    """`GET`: the gaps that this reader may know of, as csv or xlsx."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, ending: str) -> HttpResponse:
        """Send the table that the page shows."""
        require(ending in ENDINGS)
        table = showing.table_of(self.workshop, request.user)
        names = [label("country", code, request.LANGUAGE_CODE) for code in table.columns]
        rows = [
            [gap.title, len(gap.countries), *(int(c in gap.countries) for c in table.columns)]
            for gap in table.gaps
        ]
        head = [_("Gap"), _("Countries"), *names]
        return as_table(f"gaps-{self.workshop.pk}", head, rows, ending)
