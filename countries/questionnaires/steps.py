"""The steps in the life of a version that the editor takes: publish it, copy it into a new one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from countries.models import QuestionnaireVersion
from countries.questionnaires.frozen import FrozenPolicy
from countries.questionnaires.versions import draft_of, publish


class _StepView(WagtailAdminTemplateMixin, TemplateView):
    """A step in the life of a version that is confirmed first."""

    template_name = "countries/questionnaires/step.html"
    question: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may change questionnaires."""
        policy = FrozenPolicy(QuestionnaireVersion)
        if not policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        self.version = get_object_or_404(QuestionnaireVersion, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the version."""
        return super().get_context_data(**kwargs) | {"version": self.version, "step": self}


class PublishView(_StepView):
    """`GET`: asks; `POST`: publishes a draft, or says what it lacks."""

    page_title = _("Publish")
    header_icon = "upload"
    question = _("A published version cannot be changed any more. New assessments will use it.")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish."""
        try:
            publish(self.version)
        except ValidationError as error:
            for told in error.messages:
                messages.error(request, told)
            return self.get(request, pk=pk, status=400)
        messages.success(request, _("The version is published."))
        return redirect("questionnaire_versions:inspect", pk)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        status = kwargs.pop("status", 200)
        return self.render_to_response(self.get_context_data(**kwargs), status=status)


class NewVersionView(_StepView):
    """`GET`: asks; `POST`: begins a draft as a copy, or leads to the one that there is."""

    page_title = _("New version")
    header_icon = "copy"
    question = _("A draft with the same questions is made. If there is a draft already, it opens.")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make it."""
        draft = draft_of(self.version)
        return redirect("questionnaire_versions:edit", draft.pk)
