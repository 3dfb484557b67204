"""The facilitators' desk, the log, and the steps on threads and members."""

import csv
from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities import access
from communities.doors import FacilitatorView, open_thread
from communities.models import Act, Community, JoinRequest, Post, Report, Thread
from communities.moderation import acting, people
from communities.moderation.forms import MoveForm, ReasonForm
from users.models import User

PER_PAGE = 50
# What a spreadsheet would take for a formula gets a quotation mark before it (OWASP).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class DeskView(FacilitatorView):
    """`GET`: what waits for a facilitator, and what was done lately."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the desk."""
        posts = Post.objects.filter(thread__community=self.community)
        posts = posts.select_related("thread", "institution", "author")
        reports = Report.objects.filter(post__thread__community=self.community, settled_at=None)
        context = self.context(
            here="moderation",
            held=posts.filter(held=True, hiding=None).order_by("created_at")[:PER_PAGE],
            reports=reports.select_related("post__thread", "post__author", "by")[:PER_PAGE],
            asking=JoinRequest.objects.filter(community=self.community, state="open").count(),
            acts=acts_of(self.community)[:8],
        )
        return render(request, "communities/moderation/desk.html", context)


def acts_of(community: Community) -> QuerySet[Act]:
    """Return the log of a community, newest first, with whom and what it names."""
    acts = Act.objects.filter(community=community)
    return acts.select_related("by", "user", "thread", "post")


class LogView(FacilitatorView):
    """`GET ?kind=&page=`: the log of everything that was done here."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of it."""
        acts, kind = acts_of(self.community), request.GET.get("kind", "")
        if kind in Act.Kind.values:
            acts = acts.filter(kind=kind)
        context = self.context(
            here="moderation",
            page_of_acts=Paginator(acts, PER_PAGE).get_page(request.GET.get("page")),
            kinds=Act.Kind.choices,
            kind=kind,
        )
        return render(request, "communities/moderation/log.html", context)


class LogFileView(FacilitatorView):
    """`GET`: the whole log as CSV."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the file."""
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        name = f"{self.community.slug}-log.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        writer = csv.writer(response)
        writer.writerow(["at", "act", "by", "person", "thread", "post", "reason"])
        for act in acts_of(self.community).iterator():
            named = (act.by, act.user, act.thread, act.post.number if act.post else None)
            told = [act.at.isoformat(), act.kind, *(each or "" for each in named), act.reason]
            writer.writerow([_safe(str(each)) for each in told])
        return response


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


class _ThreadStepView(FacilitatorView):
    """A step on a thread: `self.thread`."""

    thread: Thread

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the thread in this community."""
        self.thread = open_thread(request, self.community, kwargs["pk"])


class MoveView(_ThreadStepView):
    """`GET`: where to; `POST`: move a thread into another community that one facilitates."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        return self._show(MoveForm(offered=self._offered()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Move it, and lead to where it stands now."""
        form = MoveForm(request.POST, offered=self._offered())
        if not form.is_valid():
            return self._show(form, 400)
        to = form.cleaned_data["to"]
        acting.move(self.thread, to, request.user, form.cleaned_data["reason"])
        messages.success(request, _("The thread stands here now; its old address leads nowhere."))
        return redirect("thread", to.slug, self.thread.pk)

    def _offered(self) -> QuerySet[Community]:
        mine = access.memberships_of(self.request.user)
        leading = [pk for pk, row in mine.items() if row.is_facilitator and pk != self.community.pk]
        return Community.objects.filter(pk__in=leading, closed_at=None).order_by("name")

    def _show(self, form: MoveForm, status: int = 200) -> HttpResponse:
        context = self.context(here="threads", thread=self.thread, form=form)
        return render(self.request, "communities/moderation/move.html", context, status=status)


class ThreadSwitchView(_ThreadStepView):
    """`POST`: close, reopen, pin or unpin a thread, as the address says."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Do it once."""
        steps = {
            "close": lambda: acting.close(self.thread, request.user),
            "reopen": lambda: acting.reopen(self.thread, request.user),
            "pin": lambda: acting.pin(self.thread, request.user, True),
            "unpin": lambda: acting.pin(self.thread, request.user, False),
        }
        if step not in steps:
            raise Http404
        if steps[step]():
            messages.success(request, _("Done."))
        return redirect(self.thread)


class _PersonView(FacilitatorView, ABC):
    """A step on a member: `self.person`."""

    person: User
    template: str

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the person in this community."""
        person = User.objects.filter(pk=kwargs["pk"], is_active=True).first()
        if person is None or not people.may_be_removed(request.user, person, self.community):
            raise Http404
        self.person = person

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        return self.show(ReasonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, with a reason."""
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        self.do(request, form.cleaned_data["reason"])
        return redirect("community-people", self.community.slug)

    @abstractmethod
    def do(self, request: HttpRequest, reason: str) -> None:
        """Do what the address says."""

    def show(self, form: ReasonForm, status: int = 200) -> HttpResponse:
        """Show the form and what it leads to."""
        warnings = Act.objects.filter(community=self.community, user=self.person, kind="warn")
        context = self.context(here="people", person=self.person, form=form, warnings=warnings[:5])
        return render(self.request, self.template, context, status=status)


class WarnView(_PersonView):
    """`GET`: the form; `POST`: warn a member by mail."""

    template = "communities/moderation/warn.html"

    def do(self, request: HttpRequest, reason: str) -> None:
        """Warn."""
        people.warn(self.community, self.person, request.user, reason)
        messages.success(request, _("The warning is sent and stands in the log."))


class RemoveView(_PersonView):
    """`GET`: the form; `POST`: remove a member at once."""

    template = "communities/moderation/remove.html"

    def do(self, request: HttpRequest, reason: str) -> None:
        """Remove."""
        people.remove(self.community, self.person, request.user, reason)
        messages.success(request, _("Removed. From now on this person sees nothing of it."))


def waiting(community: Community) -> int:
    """Return how many things wait for the facilitators of a community: one query for each kind."""
    held = Q(held=True, hiding=None, thread__community=community)
    return (
        Post.objects.filter(held).count()
        + Report.objects.filter(post__thread__community=community, settled_at=None).count()
        + JoinRequest.objects.filter(community=community, state="open").count()
    )
