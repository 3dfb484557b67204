"""How people come to an assessment: whoever is not of its team learns nothing of it."""

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from countries import access
from countries.doors import DeskView
from countries.models import Assessment
from practices.contributing.doors import held, wants_json


class AssessmentView(DeskView):
    """Something about one assessment of this country: `self.assessment`."""

    assessment: Assessment

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let whoever was signed out meanwhile lose nothing of what they typed."""
        if request.method == "POST" and not request.user.is_authenticated:
            answer = {"signed_out": True}
            return JsonResponse(answer, status=403) if wants_json(request) else held(request)
        return super().dispatch(request, *args, **kwargs)

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the assessment in this country."""
        rows = access.assessments_of(request.user, self.code)
        found = rows.select_related("questionnaire", "version", "institution")
        self.assessment = found.filter(pk=kwargs["pk"]).first()  # type: ignore[assignment]
        if self.assessment is None:
            raise Http404

    def context(self, **more: Any) -> dict[str, Any]:
        """Add the assessment, and whether this person may answer."""
        user = self.request.user
        own = {
            "assessment": self.assessment,
            "may_answer": access.may_answer(user, self.assessment),
            "may_reopen": access.may_reopen(user),
        }
        return super().context(**own, **more)
