"""Filling in a module: every answer is saved by itself, by a script or with the whole form."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt

from countries import access
from countries.assessing.doors import AssessmentView
from countries.assessing.form import ModuleForm
from countries.assessing.reading import Part, parts_of, questions_of
from countries.assessing.saving import ClosedError, Outcome, save_answers, withdraw
from countries.doors import require
from practices.contributing.doors import is_forged, send_again, wants_json
from practices.contributing.telling import at_once, saved_words


@method_decorator(csrf_exempt, name="dispatch")  # `is_forged` asks, and shows what was typed
class ModuleView(AssessmentView):
    """`GET`: the questions of a module; `POST`: save what was changed, and show what was not."""

    http_method_names = ["get", "head", "post", "options"]

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the module in what is asked."""
        super().prepare(request, **kwargs)
        self.module = kwargs["module"]
        self.read()

    def read(self) -> None:
        """Read all that is answered by now."""
        self.parts = parts_of(
            self.assessment, access.answers_for(self.request.user, self.assessment)
        )
        found = [part for part in self.parts if part.module.code == self.module]
        if not found:
            raise Http404
        self.part: Part = found[0]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, or, where nothing can be answered, what was said."""
        return self.show(ModuleForm(self.part))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; what cannot be saved comes back with the reason, and nothing typed is lost."""
        form = ModuleForm(self.part, request.POST, only=_only(request))
        if is_forged(request):
            if wants_json(request):
                return JsonResponse({"stale": True}, status=403)
            return self.show(form, send_again(), 403)
        try:
            outcome = save_answers(self.assessment, request.user, form.typed)
        except ClosedError:
            told = _("It is locked by now: nothing was saved.")
            if wants_json(request):
                return JsonResponse({"closed": told}, status=409)
            return self.show(form, told, 409)
        # What is shown next is what is stored now.
        wrong = form.wrong
        self.read()
        form = ModuleForm(self.part, request.POST, only=_only(request))
        form.show(outcome.clashes)
        if wants_json(request):
            return self.tell_script(form, outcome, wrong)
        if outcome.clashes or wrong:
            return self.show(form, status=409 if outcome.clashes else 400, wrong=wrong)
        messages.success(request, _("Saved."))
        return redirect(self.onward(request))

    def onward(self, request: HttpRequest) -> str:
        """Return where to go on: this module, the next one, or all of them."""
        here = [self.code, self.assessment.pk]
        codes = [part.module.code for part in self.parts]
        if request.POST.get("do") != "next":
            return reverse("country-assessment-module", args=[*here, self.module])
        after = codes[codes.index(self.module) + 1 :]
        if after:
            return reverse("country-assessment-module", args=[*here, after[0]])
        return reverse("country-assessment", args=here)

    def tell_script(
        self, form: ModuleForm, outcome: Outcome, wrong: list[tuple[str, str, str]]
    ) -> HttpResponse:
        """Return what became of it as plain values."""
        clashes = [
            {"code": each.question.code, "told": clash_words(each), "seen": each.token}
            for each in form
            if each.clash
        ]
        seen = {each.question.code: each.token for each in form if not each.clash}
        told = {"saved": saved_words(), "seen": seen, "errors": at_once(wrong)}
        told |= {"clashes": clashes, "progress": progress_words(self.part)}
        return JsonResponse(told, status=409 if clashes else 400 if wrong else 200)

    def show(
        self,
        form: ModuleForm,
        notice: str = "",
        status: int = 200,
        wrong: list[tuple[str, str, str]] | None = None,
    ) -> HttpResponse:
        """Show the module with its form."""
        codes = [part.module.code for part in self.parts]
        more = {
            "part": self.part,
            "parts": self.parts,
            "form": form,
            "notice": notice,
            "errors": [
                (place, Truncator(text).words(9), told) for place, text, told in wrong or ()
            ],
            "clashes": [each for each in form if each.clash],
            "is_last": codes[-1] == self.module,
        }
        context = self.context(**more)
        return render(self.request, "countries/assessing/module.html", context, status=status)


class WithdrawView(AssessmentView):
    """`POST`: what was public is private again, also when it is locked."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int, question: str) -> HttpResponse:
        """Withdraw it; pressed twice, nothing more happens."""
        require(access.may_withdraw(request.user, self.assessment))
        asked = questions_of(self.assessment).filter(code=question).first()
        if asked is None:
            raise Http404
        if withdraw(self.assessment, question):
            messages.success(request, _("Only your team and the secretariat see it now."))
        here = [self.code, self.assessment.pk, asked.module.code]
        address = reverse("country-assessment-module", args=here)
        return redirect(f"{address}#q-{question}")


def _only(request: HttpRequest) -> str:
    return request.POST.get("only", "") if wants_json(request) else ""


def clash_words(form: Any) -> str:
    """Say what somebody else has answered meanwhile."""
    return _("%(who)s has answered meanwhile: “%(answer)s”. Yours is not saved yet.") % {
        "who": form.their_name,
        "answer": form.theirs or _("No answer yet"),
    }


def progress_words(part: Part) -> str:
    """Say how many questions of a module are answered."""
    told = ngettext(
        "%(done)s of %(total)s question answered",
        "%(done)s of %(total)s questions answered",
        part.total,
    )
    return told % {"done": part.done, "total": part.total}
