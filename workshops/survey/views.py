"""Building a survey, and reading what it found."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from workshops import access
from workshops.doors import LeaderView, WorkshopView
from workshops.models import Survey, SurveyQuestion
from workshops.survey import building
from workshops.survey.forms import QuestionForm, SurveyBeginForm, filled
from workshops.survey.inviting import invite


class BuilderView(WorkshopView):
    """A page for the secretariat: `self.survey` where the address names one."""

    survey: Survey

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person builds surveys."""
        return access.may_build_surveys(request.user)

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Fetch the survey of this workshop."""
        if "pk" in kwargs:
            self.survey = get_object_or_404(self.workshop.surveys, pk=kwargs["pk"])

    def back(self) -> HttpResponse:
        """Return the way to the survey's own page."""
        return redirect("workshop-survey", self.workshop.pk, self.survey.pk)

    def not_a_draft(self) -> HttpResponse:
        """Say why nothing was changed."""
        messages.error(self.request, _("Somebody was asked already: the questions stay."))
        return self.back()


class SurveysView(LeaderView):
    """`GET`: the surveys of a workshop."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """List them."""
        context = self.context(
            here="surveys",
            surveys=list(self.workshop.surveys.all()),
            builds=access.may_build_surveys(request.user),
        )
        return render(request, "workshops/survey/list.html", context)


class NewSurveyView(BuilderView):
    """`GET`: an empty form; `POST`: begin a survey."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.show(SurveyBeginForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store a draft, or show the form again with what was typed."""
        form = SurveyBeginForm(request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        told = dict(form.cleaned_data)
        self.survey = building.begin(self.workshop, told, told.pop("like"), request.user)
        return self.back()

    def show(self, form: SurveyBeginForm, status: int = 200) -> HttpResponse:
        """Show the form in the frame of the workshop."""
        context = self.context(here="surveys", form=form, heading=_("New survey"))
        return render(self.request, "workshops/survey/form.html", context, status=status)


class SurveyView(BuilderView):
    """`GET`: a survey with its questions, and what can be done with it now."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        survey = self.survey
        context = self.context(
            here="surveys",
            survey=survey,
            questions=list(survey.questions.all()),
            number=survey.answers.count(),
            invited=survey.invitations.count(),
            waiting=survey.invitations.filter(used=False).count(),
        )
        return render(request, "workshops/survey/survey.html", context)


class QuestionView(BuilderView):
    """`GET`: a question of a draft, or an empty one; `POST`: store it."""

    http_method_names = ["get", "head", "post", "options"]
    question: SurveyQuestion

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Fetch the question."""
        super().prepare(request, **kwargs)
        number = kwargs.get("question")
        self.question = (
            get_object_or_404(self.survey.questions, pk=number) if number else SurveyQuestion()
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        if not self.survey.is_draft:
            return self.not_a_draft()
        return self.show(QuestionForm(initial=filled(self.question) if self.question.pk else {}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        form = QuestionForm(request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        for name, value in form.cleaned_data.items():
            setattr(self.question, name, value)
        try:
            building.put(self.question, self.survey)
        except building.NotADraftError:
            return self.not_a_draft()
        messages.success(request, _("Saved."))
        return self.back()

    def show(self, form: QuestionForm, status: int = 200) -> HttpResponse:
        """Show the form in the frame of the workshop."""
        context = self.context(here="surveys", form=form, heading=_("Question"), survey=self.survey)
        return render(self.request, "workshops/survey/form.html", context, status=status)


class ChangeView(QuestionView):
    """`POST do=up` or `delete`: move a question of a draft up, or take it out."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it."""
        try:
            if request.POST.get("do") == "up":
                building.move_up(self.question)
            elif request.POST.get("do") == "delete":
                building.take_out(self.question)
        except building.NotADraftError:
            return self.not_a_draft()
        return self.back()


class StepView(BuilderView):
    """`POST do=`: open it (by link or by invitation alone), invite or remind, close, delete."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do what is asked, if it can be done now."""
        do = request.POST.get("do")
        try:
            if do in ("open", "open-link"):
                if not building.open_to_answers(self.survey, do == "open-link"):
                    messages.error(request, _("Write a question first."))
            elif do == "delete":
                building.draft(self.survey).delete()
                return redirect("workshop-surveys", self.workshop.pk)
        except building.NotADraftError:
            return self.not_a_draft()
        if do == "invite":
            told = _("Invited or reminded: %(number)s") % {"number": invite(self.survey)}
            messages.success(request, told)
        elif do == "close":
            building.close(self.survey)
        return self.back()
