"""What every page with a form for a post shares: its form, its files, its people, its readers."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from communities import access
from communities.attachments.taking import (
    MOST_BYTES,
    MOST_FILES,
    TYPES,
    status_of,
    taken_in,
)
from communities.doors import CommunityView, require
from communities.models import Attachment, Post, Thread
from communities.readers import readers_of
from communities.threads.forms import WritingForm
from communities.threads.limits import may_post
from communities.threads.people import Picker, picker

# What the buttons of a form ask for beside sending it.
LOOK, FIND = "look", "find"
FILE_RULES = {
    "accept": ",".join(f".{ending}" for ending in TYPES),
    "kinds": ", ".join(ending.upper() for ending in TYPES),
    "most": MOST_FILES,
    "size": MOST_BYTES,
}


class WritingView(CommunityView):
    """A page on which somebody writes; whatever is refused, what they wrote is shown again."""

    http_method_names = ["get", "head", "post", "options"]

    def files(self) -> list[UploadedFile[Any]]:
        """Return what was attached."""
        return [file for file in self.request.FILES.getlist("files") if file]

    def taken(self, form: WritingForm) -> tuple[list[Attachment], int]:
        """Return the attachments that are not saved yet, and the status that the form deserves.

        Whatever is wrong stands on the form; the status is 200 where it may be stored.
        """
        request = self.request
        if not form.is_valid():
            return [], HTTPStatus.BAD_REQUEST
        if not may_post(request):
            form.add_error(None, too_many())
            return [], HTTPStatus.TOO_MANY_REQUESTS
        try:
            files = taken_in(self.files(), request.user, request, self.community.is_public)
        except ValidationError as error:
            form.add_error(None, error)
            return [], status_of(error)
        return files, HTTPStatus.OK

    def find_people(self, form: WritingForm, thread: Thread | None = None) -> Picker:
        """Return the people to call, those chosen in the form first."""
        words = self.request.POST.get("who", "").strip()[:100]
        return picker(self.community, self.request.user, form.chosen, words, thread)

    def writing(
        self, form: WritingForm, thread: Thread | None = None, quoted: Post | None = None
    ) -> dict[str, Any]:
        """Return what the template of a form needs."""
        people = self.find_people(form, thread)
        answered = [each.author_id for each in (thread, quoted) if each]
        told = [each for each in people.people if each.chosen or each.pk in answered]
        return {
            "form": form,
            "picker": people,
            "files_again": bool(self.files()),
            "file_rules": FILE_RULES,
            "readers": readers_of(self.community, self.request.user, len(told)),
        }


def too_many() -> str:
    """Return the sentence for who has written too much in too short a time."""
    return _("You have written much in a short time. Your text is still here: send it in an hour.")


def asks_for(request: HttpRequest, *buttons: str) -> bool:
    """Return whether another button than the one that sends was pressed."""
    return request.POST.get("do", "") in buttons


def unchecked(form: Any) -> Any:
    """Return a form with what was typed and without errors: it is not sent yet."""
    form._errors = ErrorDict()
    return form


def told_of(post: Post) -> str:
    """Return what somebody is told who has posted."""
    if post.held:
        return _("A facilitator reads it first. Then it stands here, and whom it concerns is told.")
    return _("It stands here now.")


def sent(post: Post, form: Any) -> str:
    """Return where a new post stands; the browser reads there that its copy is needed no more."""
    address, _hash, anchor = post.get_absolute_url().partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}sent={form.cleaned_data['token']}#{anchor}"


def gone(view: CommunityView, form: Any = None) -> HttpResponse:
    """Say to who reads and does not write here how to come in; what they typed is shown to copy.

    Who may not even read any more is answered as if there were nothing.
    """
    require(access.may_read(view.request.user, view.community))
    context = view.context(here="threads", kept=form.data.get("text", "") if form else "")
    context["readers"] = readers_of(view.community, view.request.user)
    return render(view.request, "communities/threads/not_here.html", context, status=403)
