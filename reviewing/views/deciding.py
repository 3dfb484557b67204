"""The secretariat's decision on a practice: sign off and publish, or send back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.publication import PublicationBlocked
from practices.models import PracticePage
from reviewing import access, mails, signing
from reviewing.assigning import locked_step
from reviewing.forms import CommentsForm, DecisionForm, VerdictForm
from reviewing.views.doors import page as door
from reviewing.views.practice import _shown


@door("POST")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`POST`: the decision; on a text that was changed meanwhile, or is one's own, none."""
    practice = access.page_for(request.user, pk)
    if not access.may_decide(request.user, practice):
        raise Http404
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _shown(request, practice, CommentsForm(), VerdictForm(), 422, form)
    try:
        _decide(practice.pk, request, form)
    except PermissionDenied:
        messages.warning(request, _("The practice has moved on meanwhile. Look at it again."))
    except PublicationBlocked as blocked:
        messages.error(request, f"{blocked.sentence} {blocked}")
    else:
        told = _("Signed off.") if form.cleaned_data["decision"] == "approve" else _("Sent back.")
        messages.success(request, told)
    return redirect("review-practice", practice.pk)


@transaction.atomic
def _decide(pk: int, request: HttpRequest, form: DecisionForm) -> None:
    practice = PracticePage.objects.select_for_update().get(pk=pk)
    decision, reason = form.cleaned_data["decision"], form.cleaned_data["reason"]
    if form.cleaned_data["seen"] != practice.latest_revision_id:
        raise PermissionDenied
    state = locked_step(practice)
    if state is not None:
        state.task.specific.on_action(state, request.user, decision, comment=reason)
        return
    if decision != "approve" or not access.may_publish_directly(request.user, practice):
        raise PermissionDenied
    signing.sign_off(practice, request.user, reason)
    practice.get_latest_revision().publish(user=request.user)
    mails.published(practice)
