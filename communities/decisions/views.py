"""The register of decisions: to read, to enter, to review."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from communities import access
from communities.decisions import register
from communities.decisions.forms import DecisionForm, ReviewForm
from communities.doors import CommunityView, FacilitatorView
from communities.models import Decision, Thread
from communities.readers import readers_of

PER_PAGE = 30


class DecisionsView(CommunityView):
    """`GET ?page=`: the register, newest first, with what waits for review."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        rows = Paginator(register.in_order(self.community), PER_PAGE)
        page = rows.get_page(request.GET.get("page"))
        today = timezone.localdate()
        days = [(each, register.review_day(each)) for each in page]
        context = self.context(
            here="decisions",
            page_of_decisions=page,
            entries=[(each, day, bool(day and day <= today)) for each, day in days],
            readers=readers_of(self.community, request.user),
        )
        return render(request, "communities/decisions/list.html", context)


class _DecisionView(CommunityView):
    """A page of one decision: `self.decision`."""

    decision: Decision

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the decision in this community."""
        rows = register.in_order(self.community).prefetch_related("reviews__by")
        decision = rows.filter(number=kwargs["number"]).first()
        if decision is None:
            raise Http404
        self.decision = decision


class DecisionView(_DecisionView):
    """`GET`: one decision as it was adopted, and what became of it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show it."""
        day = register.review_day(self.decision)
        context = self.context(
            here="decisions",
            decision=self.decision,
            review_day=day,
            is_due=bool(day and day <= timezone.localdate()),
            thread=_open_thread(self.decision, request.user),
            form=ReviewForm(),
            readers=readers_of(self.community, request.user),
        )
        return render(request, "communities/decisions/decision.html", context)


def _open_thread(decision: Decision, user: Any) -> Thread | None:
    """Return the thread in which it was discussed, if this person may read it there still."""
    found = access.threads_for(user).filter(pk=decision.thread_id or 0)
    return found.filter(community=decision.community_id).first()


class NewDecisionView(FacilitatorView):
    """`GET`: the form; `POST`: enter what was adopted."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form; `?replaces=` and `?thread=` are filled in."""
        given = {name: request.GET.get(name, "") for name in ("replaces", "thread")}
        known = {name: value for name, value in given.items() if value.isdecimal()}
        initial = {"adopted_on": timezone.localdate(), **known}
        return self._show(DecisionForm(community=self.community, initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Enter it, or show the form again with what was typed."""
        form = DecisionForm(request.POST, community=self.community)
        if not form.is_valid():
            return self._show(form, 400)
        try:
            entered = register.enter(form.instance, self.community, request.user)
        except register.ReplacedAlreadyError:
            told = _("Another decision has replaced this one meanwhile. Choose that one.")
            form.add_error("replaces", told)
            return self._show(form, 409)
        messages.success(request, _("The decision stands in the register."))
        return redirect("community-decision", self.community.slug, entered.number)

    def _show(self, form: DecisionForm, status: int = 200) -> HttpResponse:
        readers = readers_of(self.community, self.request.user)
        context = self.context(here="decisions", form=form, readers=readers)
        return render(self.request, "communities/decisions/form.html", context, status=status)


class ReviewDecisionView(FacilitatorView, _DecisionView):
    """`POST finding=&note=&review_on=`: note that the community looked at a decision again."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """Lead to the decision: whoever changes the language beside a mistake comes by here."""
        return redirect("community-decision", self.community.slug, number)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Note it, or show what is wrong beside the decision."""
        form = ReviewForm(request.POST)
        if hasattr(self.decision, "replaced_by"):
            raise Http404
        if not form.is_valid():
            context = self.context(here="decisions", decision=self.decision, form=form, open=True)
            return render(request, "communities/decisions/decision.html", context, status=400)
        form.instance.decision, form.instance.by_id = self.decision, request.user.pk
        form.save()
        messages.success(request, _("The review is noted."))
        return redirect("community-decision", self.community.slug, number)
