"""What was found on a page, and the desk of those who sign off."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeguarding import access
from safeguarding.forms import AnswerForm, AskForm, SignOffForm
from safeguarding.gate import check
from safeguarding.models import Request, SignOff

PER_PAGE = 25
MOST_WAITING = 100


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for a sign-off, and all that was signed off: for those who sign off."""
    if not access.may_sign_off_anything(request.user):
        raise Http404
    waiting = Request.objects.filter(closed=None).select_related("page", "by")[:MOST_WAITING]
    signed = Paginator(SignOff.objects.select_related("by", "page"), PER_PAGE)
    shown = signed.get_page(request.GET.get("page"))
    context = {
        "waiting": waiting,
        "signed": shown,
        "numbers": _numbers(shown),
        "number": shown.number,
        "previous": shown.previous_page_number() if shown.has_previous() else None,
        "next": shown.next_page_number() if shown.has_next() else None,
    }
    return render(request, "safeguarding/desk.html", context)


def _numbers(shown: Any) -> list[int | None]:
    elided = shown.paginator.get_elided_page_range(shown.number, on_each_side=2, on_ends=1)
    return [each if isinstance(each, int) else None for each in elided]


@require_safe
@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found on the latest version of a page, with what can be done about it."""
    return shown(request, page_or_404(request, pk))


@require_safe
@login_required
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """The findings alone, as a piece of a page: for forms that ask while somebody writes."""
    looked_at = page_or_404(request, pk)
    context = {"report": check(looked_at), "page": looked_at}
    return render(request, "safeguarding/_findings.html", context)


def page_or_404(request: HttpRequest, pk: int) -> Any:
    """Return the latest version of a page; what one may not see is not told from what is not."""
    found = access.page_for(request.user, pk)
    if found is None:
        raise Http404
    return found


def shown(
    request: HttpRequest, looked_at: Any, bound: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Return the page of findings; `bound` holds a form that was sent and has errors in it."""
    report, bound = check(looked_at), bound or {}
    may_sign = access.may_sign_off(request.user, looked_at)
    may_write = access.may_write(request.user, looked_at)
    forms = {
        each.fingerprint: bound.get(each.fingerprint) or AnswerForm(each)
        for each in report.open
        if each.about.answered and may_write
    }
    context = {
        "page": None,
        "looked_at": looked_at,
        "report": report,
        "findings": [(each, forms.get(each.fingerprint)) for each in report.open],
        "sign_form": bound.get("sign") or SignOffForm(report.open) if may_sign else None,
        "signs_elsewhere": access.may_sign_off_anything(request.user) and not may_sign,
        "ask_form": AskForm() if may_write and not may_sign else None,
        "asked": Request.objects.filter(page_id=looked_at.pk, closed=None).first(),
        "may_write": may_write,
        "edit_url": access.edit_url(request.user, looked_at),
    }
    return render(request, "safeguarding/page.html", context, status=status)
