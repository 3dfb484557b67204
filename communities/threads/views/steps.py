"""Small steps on a thread: mark the answer, say that it is done, follow it. Each is done once."""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities import access
from communities.doors import CommunityView, open_thread
from communities.models import Thread
from communities.posting import MayNotPostError
from communities.threads import saying
from communities.threads.typed import number_in
from communities.threads.views.writing import gone


class _StepView(CommunityView, ABC):
    """A step on a thread that this person may read."""

    http_method_names = ["post", "options"]
    thread: Thread

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the thread in this community."""
        self.thread = open_thread(request, self.community, kwargs["pk"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the step, and lead back to the thread."""
        try:
            self.step(request)
        except MayNotPostError:
            access.forget_memberships(request.user)
            return gone(self)
        number = number_in(request.POST.get("post"))
        place = f"?post={number}#post-{number}" if number else ""
        return redirect(f"{self.thread.get_absolute_url()}{place}")

    @abstractmethod
    def step(self, request: HttpRequest) -> None:
        """Do it."""


class AnswerView(_StepView):
    """`POST post=N`: that post answers; without a number, none does."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may say which post answers."""
        return access.may_mark_answer(request.user, self.thread)

    def step(self, request: HttpRequest) -> None:
        """Mark it."""
        number = number_in(request.POST.get("post")) if request.POST.get("on", "1") == "1" else None
        if not saying.mark_answer(self.thread, number, request.user):
            messages.error(request, _("This post cannot be the answer: not everybody can read it."))
        elif number is None:
            messages.success(request, _("No post is marked as the answer any more."))
        else:
            messages.success(request, _("It is marked as the answer and stands above."))


class DoneView(_StepView):
    """`POST on=1`: close one's own thread; `on=0`: open it again."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether it is their own."""
        return access.may_close(request.user, self.thread)

    def step(self, request: HttpRequest) -> None:
        """Close or open it."""
        closed = request.POST.get("on") != "0"
        saying.close(self.thread, closed, request.user)
        told = _("It is closed: everybody reads it, nobody writes in it any more.")
        messages.success(request, told if closed else _("It is open again."))


class FollowView(_StepView):
    """`POST on=1`: follow a thread; `on=0`: no more."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person is told of what is new here."""
        return access.may_follow(request.user, self.thread)

    def step(self, request: HttpRequest) -> None:
        """Follow it or not."""
        following = request.POST.get("on") != "0"
        saying.follow(self.thread, following, request.user)
        told = _("You follow it: what is new stands in your digest.")
        messages.success(request, told if following else _("You do not follow it any more."))
