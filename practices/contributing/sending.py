"""Sending a practice in for review, taking it back, and throwing a draft away."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import WorkflowState

from practices import access
from practices.contributing.doors import ContributorView
from practices.contributing.drafts import newest_of, newest_to_show
from practices.contributing.fields import STREAMS
from practices.contributing.standing import standing_of
from practices.models import PracticePage
from practices.sections import SECTIONS


@dataclass(frozen=True)
class Missing:
    """Something to write before a practice can be sent in; `place` is its part of the form."""

    place: str
    told: str


def missing(page: PracticePage) -> list[Missing]:
    """Return what a draft still lacks, in the order of the form."""
    found = []
    if not page.countries.all() and not page.organisation:
        found.append(Missing("about", _("Say which country it is from, or which organisation.")))
    if not page.problem:
        found.append(Missing("problem", _("Say what could not be counted or known before.")))
    if not page.steps:
        found.append(Missing("steps", _("Say what was done: one step is enough.")))
    if not page.conditions_not_reported and not any(text for _name, text in page.conditions):
        found.append(
            Missing(
                "conditions",
                _(
                    "Say at least one condition for transfer: what must be in "
                    "place elsewhere for this to work."
                ),
            )
        )
    if not page.contact:
        found.append(Missing("standing", _("Say whom to ask: an office that answers.")))
    return [*found, *_unfit(page)]


def _unfit(page: PracticePage) -> list[Missing]:
    """Return what a publication would refuse: rows that are half filled in, years and the like."""
    wrong = []
    for name in STREAMS:
        value = getattr(page, name)
        try:
            value.stream_block.clean(value)
        except ValidationError:
            wrong.append(name)
    try:
        page.clean_fields(exclude=["slug", "path", "depth", "content_type", "locale", *STREAMS])
    except ValidationError as error:
        wrong += error.message_dict
    return [
        Missing(
            section.key,
            _("Complete what is half filled in: “%(part)s”.") % {"part": section.label},
        )
        for section in SECTIONS
        if set(wrong) & set(section.fields)
    ]


class SendView(ContributorView):
    """`GET`: what is missing, or a last look. `POST`: hand the practice to the reviewers."""

    def get(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """Show the list of what is missing, or the button."""
        if not access.may_edit(request.user, page):
            return redirect("contribute-preview", page.pk)
        draft = newest_to_show(page)
        context = {
            "practice": draft,
            "missing": missing(draft),
            "standing": standing_of(page),
            "workflow": page.get_workflow(),
            "unchanged": page.live and not page.has_unpublished_changes,
        }
        return render(request, "practices/contributing/send.html", context)

    def post(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """Start the review, or resume the one that sent it back; a second press does nothing."""
        with transaction.atomic():
            page = PracticePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
            state = page.current_workflow_state
            if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
                messages.info(request, _("It has been sent in already."))
                return redirect("contribute-desk")
            if not access.may_edit(request.user, page):
                raise Http404
            nothing_new = page.live and not page.has_unpublished_changes
            if missing(newest_of(page)) or nothing_new:
                return redirect("contribute-send", page.pk)
            workflow = page.get_workflow()
            if state is None and workflow is None:
                messages.error(request, _("Nobody reviews practices yet. Your draft is kept."))
                return redirect("contribute-desk")
            if state:
                state.resume(user=request.user)
            else:
                workflow.start(page, request.user)
        messages.success(
            request, _("Sent in. You hear from us by mail; here you see how far it is.")
        )
        return redirect("contribute-desk")


class WithdrawView(ContributorView):
    """`POST`: take a practice back from the review; it is a draft again."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """Cancel the review; where there is none, do nothing."""
        with transaction.atomic():
            PracticePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
            state = page.current_workflow_state
            if state:
                state.cancel(user=request.user)
                messages.success(request, _("Taken back. It is a draft again; nothing is lost."))
        return redirect("contribute-desk")


class DeleteView(ContributorView):
    """`GET`: ask once more. `POST`: throw away one's own draft that nobody has reviewed."""

    def get(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """Ask whether it is meant."""
        if not may_delete(request.user, page):
            raise Http404
        return render(request, "practices/contributing/delete.html", {"practice": page})

    def post(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """Delete the draft with all its versions."""
        with transaction.atomic():
            locked: Any = PracticePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
            if not may_delete(request.user, locked):
                raise Http404
            title = locked.draft_title
            DeletePageAction(locked, user=request.user).execute(skip_permission_checks=True)
        messages.success(request, _("“%(title)s” is deleted.") % {"title": title})
        return redirect("contribute-desk")


def may_delete(user: Any, page: PracticePage) -> bool:
    """Return whether this person may throw a practice away: their own, never public, not sent."""
    if page.owner_id != user.pk or page.live or page.first_published_at:
        return False
    return access.may_edit(user, page) and page.current_workflow_state is None
