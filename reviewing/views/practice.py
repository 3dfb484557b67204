"""The review of one practice: its text, the comments beside each section, and the answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.linked import expect
from core.publication import reasons_against
from core.versions import version_to_show
from practices.access import is_editor, may_edit
from practices.models import PracticePage
from practices.sections import SECTIONS
from reviewing import access, assigning, comments
from reviewing.forms import CommentsForm, DecisionForm, VerdictForm
from reviewing.models import SectionComment
from reviewing.signing import UNSIGNED
from reviewing.steps import PUBLICATION, round_of
from reviewing.views.doors import page as door
from reviewing.voice import standing_of


@door("GET", "POST")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """`GET`: what is under review, for its readers. `POST`: comments, and a reviewer's answer."""
    practice = access.page_for(request.user, pk)
    known = comments.answerable(practice)
    if request.method != "POST":
        return _shown(request, practice, CommentsForm(answerable=known), VerdictForm())
    said = CommentsForm(request.POST, answerable=known)
    verdict = VerdictForm(request.POST)
    if not (said.is_valid() and verdict.is_valid()):
        return _shown(request, practice, said, verdict, status=422)
    choice = verdict.cleaned_data["verdict"]
    if "send" in request.POST:
        if not choice:
            verdict.add_error("verdict", _("Choose one of the two answers."))
        elif choice == "reject" and not _says_something(practice, request.user, said, verdict):
            verdict.add_error("remark", _("Say what should be changed, here or beside a section."))
        elif verdict.cleaned_data["seen"] != practice.latest_revision_id:
            verdict.add_error(None, _("The text was changed meanwhile. Read it again, please."))
        if verdict.errors:
            return _shown(request, practice, said, verdict, status=422)
    _keep(practice, request.user, said)
    if "send" in request.POST:
        return _answer(request, practice, choice, verdict.cleaned_data["remark"])
    messages.success(request, _("Your comments are kept. The author can read them."))
    return redirect("review-practice", practice.pk)


def _says_something(
    practice: PracticePage, user: Any, said: CommentsForm, verdict: VerdictForm
) -> bool:
    if verdict.cleaned_data["remark"] or said.said() or said.answers():
        return True
    return SectionComment.objects.filter(page=practice, writer=user, done_at=None).exists()


def _keep(practice: PracticePage, user: Any, said: CommentsForm) -> int:
    once = said.cleaned_data["once"] or "form"
    return comments.save(practice, user, said.said(), said.answers(), once)


def _answer(request: HttpRequest, practice: PracticePage, choice: str, remark: str) -> HttpResponse:
    state = practice.current_workflow_task_state
    if state is None or not access.is_asked(request.user, practice):
        messages.warning(request, _("Your answer is not waited for any more."))
        return redirect("review-desk")
    try:
        state.task.specific.on_action(state, request.user, choice, comment=remark)
    except PermissionDenied:
        messages.warning(request, _("Your answer is not waited for any more."))
    else:
        messages.success(request, _("Thank you: your answer has reached the author."))
    return redirect("review-desk")


def _shown(
    request: HttpRequest,
    practice: PracticePage,
    said: CommentsForm,
    verdict: VerdictForm,
    status: int = 200,
    decision: DecisionForm | None = None,
) -> HttpResponse:
    user = request.user
    text = newest(practice)
    expect(text)
    round_ = round_of(practice)
    is_open = round_ is None or round_.is_sent_back
    may_decide = access.may_decide(user, practice)
    is_publishing = bool(round_ and round_.step == PUBLICATION and not is_open)
    directly = round_ is None and may_decide and access.may_publish_directly(user, practice)
    context = {
        "practice": practice,
        "text": text,
        "title": practice.draft_title or practice.title,
        "sections": SECTIONS,
        "comments_form": said,
        "verdict_form": verdict,
        "decision_form": decision or DecisionForm(),
        "round": round_,
        "standing": standing_of(text),
        "is_asked": access.is_asked(user, practice),
        "is_editor": is_editor(user, practice),
        "may_edit": is_open and may_edit(user, practice),
        "may_comment": comments.signing_as(practice, user) is not None,
        "may_decide": may_decide,
        "may_invite": may_decide or access.may_invite(user, practice),
        "is_publishing": is_publishing,
        "may_publish_directly": directly,
        "may_send_back": may_decide and not is_open,
        "against": _against(text) if may_decide and (is_publishing or directly) else [],
        "changes_url": changes_url(practice, user),
    }
    return render(request, "reviewing/practice.html", context, status=status)


def newest(practice: PracticePage) -> PracticePage:
    """Return the newest version of a practice that has just been read."""
    revision = practice.latest_revision
    if revision is None:
        return practice
    found: PracticePage = version_to_show(practice, revision)
    return found


def _against(text: PracticePage) -> list[Any]:
    """Return what stands against publication, but the sign-off that the button below gives."""
    return [each for each in reasons_against(text) if each.text != UNSIGNED]


def changes_url(practice: PracticePage, user: Any) -> str:
    """Return where a reader sees what changed since their last answer, or since it was public."""
    mine = access.assignment_of(user, practice)
    since = (mine and mine.revision_id) or practice.live_revision_id
    if not since or since == practice.latest_revision_id:
        return ""
    return f"{reverse('contribute-compare', args=[practice.pk])}?old={since}"


@door("POST")
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """`POST`: answers to comments, `done=` or `reopen=` with a comment's number."""
    practice = access.page_for(request.user, pk)
    said = CommentsForm(request.POST, answerable=comments.answerable(practice))
    if not said.is_valid():
        return _shown(request, practice, said, VerdictForm(), status=422)
    if said.said() or said.answers():
        _keep(practice, request.user, said)
        messages.success(request, _("Your answer is kept."))
    for name, done in (("done", True), ("reopen", False)):
        if name in request.POST:
            number = request.POST[name]
            if not number.isdecimal() or len(number) > 18:
                raise Http404
            comments.settle(practice, request.user, int(number), done)
    return redirect(_back(request, practice))


def _back(request: HttpRequest, practice: PracticePage) -> str:
    """Return where the form stood: the author's own form, or the review."""
    if request.POST.get("back") == "form" and may_edit(request.user, practice):
        return form_url(practice)
    return reverse("review-practice", args=[practice.pk])


def form_url(practice: PracticePage) -> str:
    """Return the address of the form in which a practice is written."""
    return reverse("contribute-edit", args=[practice.pk])


@door("POST")
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """`POST`: a reviewer cannot judge this practice without bias; another is asked."""
    practice = access.page_for(request.user, pk)
    try:
        assigning.declare_conflict(practice, request.user)
    except PermissionDenied:
        messages.warning(request, _("Your answer is not waited for any more."))
    else:
        messages.success(request, _("Thank you for saying so. Somebody else will be asked."))
    return redirect("review-desk")
