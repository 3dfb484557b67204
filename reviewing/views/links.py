"""Links for people without an account: proposed by authors, sent and taken back by the office."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from practices.access import is_editor
from practices.models import PracticePage
from reviewing import access, inviting
from reviewing.forms import InvitationForm, OfficeForm
from reviewing.models import Invitation
from reviewing.views.doors import page as door


@door("GET", "POST")
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """The author says which office clears the text; the secretariat then sends the link."""
    practice = access.page_for(request.user, pk)
    if not is_editor(request.user, practice):
        raise Http404
    first = {"institution": practice.lead_institution_id, "language": practice.locale.language_code}
    form = OfficeForm(request.POST or None, initial=first, page=practice)
    if request.method == "POST" and form.is_valid():
        inviting.propose(form.save(commit=False), practice, request.user)
        messages.success(request, _("The secretariat will send the link to this office."))
        return redirect("review-practice", practice.pk)
    context = {"practice": practice, "title": _title(practice), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "reviewing/office.html", context, status=status)


@door("GET", "POST")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """`GET`: the links of a practice. `POST`: send one more."""
    practice = access.page_to_invite_for(request.user, pk)
    form = InvitationForm(request.POST or None, initial=_first(practice), page=practice)
    if request.method == "POST" and form.is_valid():
        inviting.issue(form.save(commit=False), practice, request.user)
        messages.success(request, _("The link is on its way."))
        return redirect("review-links", practice.pk)
    context = {
        "practice": practice,
        "title": _title(practice),
        "form": form,
        "invitations": Invitation.objects.filter(page=practice).select_related(
            "institution", "issued_by"
        ),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reviewing/links.html", context, status=status)


def _first(practice: PracticePage) -> dict[str, object]:
    """Return what the form begins with: what the author proposed, or the office asked before."""
    rows = Invitation.objects.filter(page=practice, purpose=Invitation.Purpose.CLEAR)
    known = rows.filter(issued_at=None, revoked_at=None).first() or rows.first()
    if known is None:
        return {"language": practice.locale.language_code, "purpose": Invitation.Purpose.CLEAR}
    return {
        "purpose": Invitation.Purpose.CLEAR,
        "institution": known.institution_id,
        "office": known.office,
        "address": known.address,
        "language": known.language,
    }


@door("POST")
def one(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """`POST`: take a link back."""
    practice = access.page_to_invite_for(request.user, pk)
    known = get_object_or_404(Invitation, pk=invitation, page=practice)
    if inviting.revoke(known, request.user):
        messages.success(request, _("The link is taken back: it does not work any more."))
    else:
        messages.warning(request, _("This link was answered or taken back already."))
    return redirect("review-links", practice.pk)


def _title(practice: PracticePage) -> str:
    return str(practice.draft_title or practice.title)
