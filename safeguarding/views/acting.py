"""Signing off, answering for pictures and quotations, asking for a sign-off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from safeguarding import access, acts
from safeguarding.forms import AnswerForm, AskForm, SignOffForm
from safeguarding.gate import check
from safeguarding.views.showing import page_or_404, shown

UNPROCESSABLE = 422


@require_POST
@login_required
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign off findings with a reason: for those who may, never for who wrote on the page."""
    page = page_or_404(request, pk)
    if not access.may_sign_off(request.user, page):
        raise Http404
    still = check(page).open
    sent = {mark for name in ("findings", "shown") for mark in request.POST.getlist(name)}
    data = request.POST.copy()
    known = {each.fingerprint for each in still}
    for name in ("findings", "shown"):
        data.setlist(name, [mark for mark in request.POST.getlist(name) if mark in known])
    if sent and not sent & known:
        messages.info(request, _("What you saw is no longer there, or is signed off already."))
        return redirect("safeguarding-page", pk)
    form = SignOffForm(still, data)
    if not form.is_valid():
        return shown(request, page, {"sign": form}, UNPROCESSABLE)
    chosen = [each for each in still if each.fingerprint in form.marks]
    count = acts.sign_off(page, chosen, request.user, form.cleaned_data["reason"])
    told = ngettext("%(count)s finding is signed off.", "%(count)s findings are signed off.", count)
    messages.success(request, told % {"count": count})
    return redirect("safeguarding-page", pk)


@require_POST
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is so with a picture or a quotation: for those who may write on the page."""
    page = page_or_404(request, pk)
    if not access.may_write(request.user, page):
        raise Http404
    mark = request.POST.get("fingerprint", "")
    still = [each for each in check(page).open if each.about.answered]
    finding = next((each for each in still if each.fingerprint == mark), None)
    if finding is None:
        messages.info(request, _("It is answered already, or no longer on the page."))
        return redirect("safeguarding-page", pk)
    form = AnswerForm(finding, request.POST)
    if not form.is_valid():
        return shown(request, page, {mark: form}, UNPROCESSABLE)
    said = {name: form.cleaned_data[name] for name in ("answer", "reference", "date")}
    acts.answer(page, finding, request.user, **said)
    messages.success(request, _("Your answer is on the record."))
    return redirect("safeguarding-page", pk)


@require_POST
@login_required
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a sign-off: for those who may write on the page."""
    page = page_or_404(request, pk)
    if not access.may_write(request.user, page):
        raise Http404
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The note is too long. Nothing was sent."))
    elif not check(page).open:
        messages.info(request, _("There is nothing to sign off."))
    elif acts.ask(page, request.user, form.cleaned_data["note"]):
        messages.success(
            request, _("The secretariat was asked. You get a mail when it has looked.")
        )
    else:
        messages.info(request, _("The secretariat was asked already."))
    return redirect("safeguarding-page", pk)
