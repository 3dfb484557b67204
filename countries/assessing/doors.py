"""How people come to an assessment: whoever is not of its team learns nothing of it."""

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from countries import access
from countries.doors import DeskView, GoneError
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
            if typed := _typed_in(request):
                told = _("Somebody has deleted this assessment meanwhile. Nothing was saved.")
                raise GoneError(told, typed)
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


def _typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed for questions, by their codes: the questions are not known any more."""
    return [
        (name.removesuffix("-value"), value)
        for name, values in request.POST.lists()
        for value in values
        if name.endswith(("-value", "-source", "-note", "reason")) and value
    ]
