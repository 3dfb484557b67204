"""Who reviews a practice: the secretariat may choose otherwise than the rule."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from practices.contributing.standing import standings
from practices.models import PracticePage
from reviewing import access, assigning, matching
from reviewing.forms import ReasonForm
from reviewing.models import Assignment
from reviewing.views.doors import page as door


def _page(request: HttpRequest, pk: int) -> PracticePage:
    practice: PracticePage = get_object_or_404(access.whole_practices(), pk=pk)
    if not access.may_decide(request.user, practice):
        raise Http404
    return practice


@door("GET", "POST")
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """`GET`: who may review it, best first. `POST reviewer=`: ask just these."""
    practice = _page(request, pk)
    if request.method == "POST":
        wanted = [int(each) for each in request.POST.getlist("reviewer") if _is_number(each)]
        try:
            assigning.change(practice, wanted, request.user)
        except PermissionDenied:
            messages.warning(request, _("This practice is not in the review by peers."))
        else:
            messages.success(request, _("Kept: whoever is new has been asked by mail."))
        return redirect("review-assign", practice.pk)
    language = get_language() or "en"
    standings([practice])  # the round and its step are asked for once
    state = practice.current_workflow_state
    given = Assignment.objects.filter(workflow_state=state).select_related("reviewer")
    shown = {each.reviewer_id: each for each in given if each.state not in ("released", "conflict")}
    rows = [
        {"who": each, "reasons": each.reasons(language), "given": shown.get(each.user.pk)}
        for each in matching.candidates(practice)
    ]
    context = {
        "practice": practice,
        "title": practice.draft_title or practice.title,
        "rows": rows,
        "given": given,
        "is_open": assigning.current_review(practice) is not None,
        "reason_form": ReasonForm(),
    }
    return render(request, "reviewing/reviewers_of_practice.html", context)


@door("POST")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """`POST reason=`: go on without the reviews that are missing."""
    practice = _page(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the review goes on without an answer."))
        return redirect("review-assign", practice.pk)
    try:
        assigning.close(practice, request.user, form.cleaned_data["reason"])
    except PermissionDenied:
        messages.warning(request, _("This practice is not in the review by peers."))
    else:
        messages.success(request, _("The review by peers is closed."))
    return redirect("review-practice", practice.pk)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 18
