"""Those who want in, for those who facilitate: let in, or declined with a reason."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities.doors import FacilitatorView
from communities.groups import joining
from communities.groups.asked import waiting
from communities.groups.forms import ReasonForm
from communities.groups.inviting import waiting_invitations
from communities.models import JoinRequest

MOST_INVITATIONS = 100


class _RequestsView(FacilitatorView):
    """The page of requests and open invitations."""

    def shown(
        self,
        request: HttpRequest,
        typed: tuple[int, ReasonForm] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Show the page; `typed`: a request, and what is wrong with the reason given for it."""
        context = self.context(
            here="people",
            waiting_people=waiting(self.community, typed),
            invitations=waiting_invitations(self.community)[:MOST_INVITATIONS],
        )
        return render(request, "communities/groups/requests.html", context, status=status)


class RequestsView(_RequestsView):
    """`GET`: who waits, the longest waiting first."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page."""
        return self.shown(request)


class _DecisionView(_RequestsView):
    """Something done with one request of this community."""

    http_method_names = ["post", "options"]
    asked: JoinRequest

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the request; one of another community is not there."""
        found = JoinRequest.objects.filter(community=self.community, pk=kwargs["pk"])
        asked = found.select_related("community", "user").first()
        if asked is None:
            raise Http404
        self.asked = asked

    def done(self, request: HttpRequest, happened: bool, sentence: str) -> HttpResponse:
        """Lead back to the page with what has happened."""
        if happened:
            messages.success(request, sentence)
        else:
            told = _("This request cannot be decided any more: somebody was faster.")
            messages.warning(request, told)
        return redirect("community-requests", self.community.slug)


class AdmitView(_DecisionView):
    """`POST`: let somebody in."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Let them in, once."""
        happened = joining.admit(self.asked, request.user)
        return self.done(request, happened, _("They are in, and are told by mail."))


class DeclineView(_DecisionView):
    """`POST reason=`: decline a request."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Decline it; without a reason the page says so."""
        form = ReasonForm(request.POST, auto_id=f"r{self.asked.pk}_%s")
        if not form.is_valid():
            return self.shown(request, (self.asked.pk, form), 400)
        happened = joining.decline(self.asked, form.cleaned_data["reason"], request.user)
        return self.done(request, happened, _("The request is declined, and they are told why."))
