"""Reading the results of a survey, taking them along, and telling them in public."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from practices.importing.tables import ENDINGS, as_table
from practices.word.views import as_download
from workshops.doors import LeaderView, require
from workshops.models import Survey
from workshops.survey import telling
from workshops.survey.results import FEWEST, Results, results_of


class ResultsView(LeaderView):
    """`GET`: what a survey found, for those who run the workshop; nothing before it is closed."""

    http_method_names = ["get", "head", "options"]
    survey: Survey
    found: Results | None

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Fetch the survey of this workshop and its results."""
        self.survey = get_object_or_404(self.workshop.surveys, pk=kwargs["pk"])
        self.found = results_of(self.survey)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them."""
        context = self.context(
            here="surveys",
            survey=self.survey,
            found=self.found,
            groups=telling.groups_of(self.survey) if self.found else [],
            fewest=FEWEST,
            may_tell=bool(self.found and self.found.results)
            and telling.may_tell(self.survey, request.user),
        )
        return render(request, "workshops/survey/results.html", context)


class TableView(ResultsView):
    """`GET`: the same as csv or xlsx; as txt what may be told in public, to write with."""

    def get(self, request: HttpRequest, ending: str = "", **kwargs: Any) -> HttpResponse:
        """Hand it out."""
        if self.found is None:
            raise Http404
        if ending == "txt":
            told = telling.as_text(self.survey, self.found)
            return as_download(told.encode(), f"survey-{self.survey.pk}.txt", "text/plain")
        if ending not in ENDINGS:
            raise Http404
        rows = telling.rows(self.survey, self.found)
        return as_table(f"survey-{self.survey.pk}", telling.head(), rows, ending)


class TellView(ResultsView):
    """`POST quote=`: put the results, and these words, into the draft of the public page."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it; only words that may be quoted are taken."""
        require(telling.may_tell(self.survey, request.user))
        if self.found is None or not self.found.results:
            messages.error(request, _("There is nothing yet that may be told."))
            return redirect("workshop-survey-results", self.workshop.pk, self.survey.pk)
        chosen = set(request.POST.getlist("quote"))
        quotes = [text for place, text in enumerate(self.found.quotes) if str(place) in chosen]
        page = telling.into_page(self.survey, self.found, quotes, request.user)
        messages.success(request, _("It is in the draft of the public page. Look through it."))
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
