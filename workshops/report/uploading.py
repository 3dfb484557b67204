"""A report from a file: upload it, look at what was found, decide what is suggested."""

import uuid
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from practices.word.opening import RefusedError
from workshops import access
from workshops.doors import never_kept, require
from workshops.models import ReportPage, Suggestion
from workshops.report import citing, making, suggesting
from workshops.report.access import unpublished
from workshops.report.forms import UploadForm
from workshops.report.naming import named_in
from workshops.report.opening import most_bytes, open_report
from workshops.report.parts import Report
from workshops.report.showing import newest_to_show, sections_of

BAD_REQUEST, TOO_LARGE, TOO_MANY = 400, 413, 429
MOST_DRAFTS = 50


@method_decorator([never_kept, login_required], name="dispatch")
class UploadView(View):
    """`GET`: the form; `POST`: read a file and make a draft of it."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the right, answer."""
        require(access.may_bring_reports(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self._show(self._form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make the draft, or say why the file is not taken; what was typed stays."""
        form = self._form()
        if not form.is_valid():
            return self._show(form, BAD_REQUEST)
        if not ratelimit.consume(request, action="read_file", user=request.user):
            form.add_error(
                "file", _("You have uploaded many files within the hour. Try again in an hour.")
            )
            return self._show(form, TOO_MANY)
        told = form.cleaned_data
        try:
            report = open_report(told["file"])
            title = told["title"] or report.title or _title_of(report, told["file"].name)
            page = making.from_file(
                report, told["file"], told["place"], title, request.user, told["begun"]
            )
        except RefusedError as refused:
            form.add_error("file", str(refused))
            return self._show(form, TOO_LARGE if refused.too_large else BAD_REQUEST)
        except ValidationError as error:
            form.add_error("file", error)
            return self._show(form, BAD_REQUEST)
        _tell(request, report, told["file"].name)
        return redirect("workshop-report-check", page.pk)

    def _form(self) -> UploadForm:
        request = self.request
        data = (request.POST, request.FILES) if request.method == "POST" else ()
        initial = {"begun": uuid.uuid4(), "place": request.GET.get("place")}
        return UploadForm(*data, places=access.report_places(request.user), initial=initial)

    def _show(self, form: UploadForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "most": filesizeformat(most_bytes()),
            "drafts": unpublished(self.request.user)[:MOST_DRAFTS],
        }
        return render(self.request, "workshops/report/upload.html", context, status=status)


class CheckedView(View):
    """A page about a report for those who may change it: `self.page` is what is stored."""

    page: ReportPage

    @method_decorator([never_kept, login_required])
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the report, ask for the right, answer."""
        pages = ReportPage.objects.select_related(
            "locale", "original", "latest_revision", "workshop", "owner"
        )
        page = pages.filter(pk=kwargs["pk"], alias_of=None).first()
        if page is None or not access.may_check_report(request.user, page):
            raise Http404
        self.page = page
        return super().dispatch(request, *args, **kwargs)


class CheckView(CheckedView):
    """`GET`: the newest draft: its sections, what the do-no-harm check found, suggestions."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        newest = newest_to_show(self.page)
        suggestions = list(self.page.suggestions.all())
        context = {
            "report": self.page,
            "newest": newest,
            "sections": sections_of(newest),
            "names": named_in(newest),
            "against": list(citing.condition(newest)),
            "kinds": [
                (kind, [each for each in suggestions if each.kind == kind.value])
                for kind in Suggestion.Kind
            ],
            "open": sum(1 for each in suggestions if each.state == Suggestion.State.OPEN),
            "edits": self.page.permissions_for_user(request.user).can_edit(),
        }
        return render(request, "workshops/report/check.html", context)


class DecideView(CheckedView):
    """`POST accept=1` or `0`: accept or refuse a suggestion."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int, suggestion: int) -> HttpResponse:
        """Do it; pressed twice, nothing more happens."""
        accept = request.POST.get("accept") == "1"
        found = suggesting.decide(self.page, suggestion, accept, request.user)
        if found is None:
            raise Http404
        answer = redirect("workshop-report-check", pk)
        answer["Location"] += f"#suggestions-{found.kind}"
        return answer


def _title_of(report: Report, name: str) -> str:
    """Return a title for a file that states none: its first heading, else its name."""
    return next((part.heading for part in report.parts if part.heading), name.rpartition(".")[0])


def _tell(request: HttpRequest, report: Report, name: str) -> None:
    messages.success(request, _("The draft is made. Nothing of it is public yet."))
    if name.lower().endswith(".pdf"):
        told = _(
            "Of a PDF only the text is taken over: add the pictures that you need, and look at "
            "what was a table in it."
        )
        messages.info(request, told)
    if report.pictures:
        messages.info(request, _("Its pictures were not taken over. Add those you need."))
    if report.hidden:
        told = _(
            "The file has comments, tracked changes or hidden text in it. Of these only words that "
            "were added are taken over. The original is handed out only without them: accept or "
            "reject all changes in Word, delete the comments, and upload it again."
        )
        messages.warning(request, told)
