"""The page behind a link by mail: the text as it was sent, and a form to answer, once.

Opening it changes nothing, however often programs that look into mail do so.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from core.linked import expect
from core.links import LinkError
from core.versions import version_to_show
from practices.sections import SECTIONS
from reviewing import inviting
from reviewing.forms import CommentsForm, LinkAnswerForm
from reviewing.models import Invitation

OUTDATED = gettext_lazy(
    "The text was changed, or decided on, after this link was sent. "
    "Ask whoever sent it for a new one."
)


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """`GET`: the text and the form. `POST`: the answer, by which the link is used."""
    try:
        _link, invitation = inviting.find(token)
        if invitation.page_id != pk:
            raise LinkError(inviting.UNKNOWN)
    except LinkError as error:
        return _refused(request, token, str(error))
    clearing = invitation.purpose == Invitation.Purpose.CLEAR
    if clearing and not inviting.is_current(invitation):
        return _refused(request, token, str(OUTDATED))
    data = request.POST if request.method == "POST" else None
    said, form = CommentsForm(data), LinkAnswerForm(data, clearing=clearing)
    if data is None or not (said.is_valid() and form.is_valid()):
        return _shown(request, invitation, said, form)
    choice, remark = form.cleaned_data.get("answer", ""), form.cleaned_data["remark"]
    if choice != Invitation.Answer.CLEARED and not (remark or said.said()):
        form.add_error("remark", _("Write at least one comment, so that the author can go on."))
        return _shown(request, invitation, said, form)
    try:
        inviting.answer(token, choice, remark, said.said())
    except LinkError as error:
        return _refused(request, token, str(error))
    except inviting.OutdatedError:
        return _refused(request, token, str(OUTDATED))
    return render(request, "reviewing/by_link_done.html", {"choice": choice})


def _shown(
    request: HttpRequest, invitation: Invitation, said: CommentsForm, form: LinkAnswerForm
) -> HttpResponse:
    revision = invitation.revision
    text = version_to_show(invitation.page, revision) if revision else invitation.page
    expect(text)
    context = {
        "invitation": invitation,
        "text": text,
        "title": text.title,
        "sections": SECTIONS,
        "comments_form": said,
        "form": form,
        "clearing": invitation.purpose == Invitation.Purpose.CLEAR,
    }
    status = 422 if form.is_bound else 200
    return render(request, "reviewing/by_link.html", context, status=status)


def _refused(request: HttpRequest, token: str, sentence: str) -> HttpResponse:
    """Answer as for what is not there, with a sentence that helps whoever was sent the link."""
    if request.method == "POST":
        inviting.note_refusal(token)
    return render(request, "reviewing/by_link_refused.html", {"sentence": sentence}, status=404)
