"""The assessments of a country: the list, one of them, rounds side by side, files to take home."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from countries import access
from countries.assessing import exporting
from countries.assessing.doors import AssessmentView
from countries.assessing.opening import AnsweredError, delete_empty, open_round, reopen
from countries.assessing.opening_forms import ReopeningForm, RoundForm, proposed
from countries.assessing.reading import parts_of
from countries.assessing.rounds import compared, round_before
from countries.assessing.word import as_word
from countries.doors import CountryView, DeskView, require
from countries.models import Assessment
from practices.importing.tables import ENDINGS, as_table
from practices.word.views import as_download
from vocabulary.labels import label


class AssessmentsView(DeskView):
    """`GET`: every round of every questionnaire; `POST`: begin one.

    A link may propose which one and until when.
    """

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them, the newest first."""
        return self.show(request, RoundForm(initial=proposed(request.GET)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin a round; pressed twice, the second time says that there is one."""
        require(access.may_open_round(request.user, self.code))
        form = RoundForm(request.POST)
        if form.is_valid():
            try:
                made = open_round(self.code, user=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The assessment is open."))
                return redirect("country-assessment", self.code, made.pk)
        return self.show(request, form, 400)

    def show(self, request: HttpRequest, form: RoundForm, status: int = 200) -> HttpResponse:
        """Show the list with the form beneath."""
        rows = access.assessments_of(request.user, self.code).select_related("questionnaire")
        context = self.context(assessments=rows, form=form)
        return render(request, "countries/assessing/list.html", context, status=status)


class OneAssessmentView(AssessmentView):
    """`GET`: one assessment, module by module, with how far each is."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show its modules."""
        parts = parts_of(self.assessment, access.answers_for(request.user, self.assessment))
        more = {
            "parts": parts,
            "done": sum(part.done for part in parts),
            "total": sum(part.total for part in parts),
            "lacking": sum(part.lacking for part in parts),
            "before": round_before(self.assessment),
            "may_delete": access.may_delete(request.user, self.assessment),
            "reopenings": self.assessment.reopenings.select_related("institution"),
        }
        return render(request, "countries/assessing/assessment.html", self.context(**more))


class ComparisonView(AssessmentView):
    """`GET`: this round beside the one before, question by question."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show both; where there was none before there is nothing to compare."""
        before = round_before(self.assessment)
        if before is None:
            raise Http404
        context = self.context(before=before, modules=compared(self.assessment, before))
        return render(request, "countries/assessing/comparison.html", context)


class ReopenView(AssessmentView):
    """`GET`: another last day, and why; `POST`: set it. Secretariat only."""

    http_method_names = ["get", "head", "post", "options"]

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Let the secretariat in; for the team there is no such page."""
        require(access.may_reopen(request.user))
        super().prepare(request, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.show(request, ReopeningForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Set the day and keep the reason."""
        form = ReopeningForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, 400)
        given = form.cleaned_data
        reopen(self.assessment, request.user, given["reason"], given["until"])
        messages.success(request, _("It can be answered until the day you chose."))
        return redirect("country-assessment", self.code, self.assessment.pk)

    def show(self, request: HttpRequest, form: ReopeningForm, status: int = 200) -> HttpResponse:
        """Show the form."""
        context = self.context(form=form)
        return render(request, "countries/assessing/reopen.html", context, status=status)


class DeleteAssessmentView(AssessmentView):
    """`GET`: ask; `POST`: delete an assessment in which nobody has said anything."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask whether it is meant; of one with answers there is no such page."""
        require(access.may_delete(request.user, self.assessment))
        return render(request, "countries/assessing/delete.html", self.context())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Delete it, unless somebody has answered meanwhile."""
        try:
            delete_empty(self.assessment, request.user)
        except AnsweredError:
            messages.error(request, _("There are answers in it: it stays."))
            return redirect("country-assessment", self.code, self.assessment.pk)
        messages.success(request, _("Deleted."))
        return redirect("country-assessments", self.code)


class ExportView(CountryView):
    """`GET`: what this reader may see of an assessment, as docx, xlsx or csv.

    For others than the team that is what is public; without any they learn nothing of it.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int, ending: str) -> HttpResponse:
        """Send the file."""
        require(ending in (*ENDINGS, "docx"))
        rows = Assessment.objects.select_related("questionnaire")
        assessment = get_object_or_404(rows, about=self.code, pk=pk)
        inside = access.may_read(request.user, assessment)
        parts = parts_of(assessment, access.answers_for(request.user, assessment))
        require(inside or any(part.done for part in parts))
        country = label("country", self.code, request.LANGUAGE_CODE)
        title = f"{country}: {assessment.questionnaire.title}"
        name = f"{assessment.questionnaire.slug}-{self.code}-{assessment.round}"
        if ending == "docx":
            content = as_word(assessment, title, parts, inside)
            answer = as_download(content, f"{name}.docx")
            answer["Cache-Control"] = "private, no-store"
            return answer
        return as_table(name, exporting.head(inside), exporting.rows(parts, inside), ending)
