"""The way out of a community."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities import access
from communities.doors import CommunityView
from communities.groups import leaving
from communities.groups.leaving import LastFacilitatorError


class LeaveView(CommunityView):
    """`GET` what it means to leave; `POST` leaves."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person is in it."""
        return access.is_in(request.user, self.community)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what stays and what ends."""
        return self._shown(request)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Leave; who facilitates alone names somebody else first."""
        try:
            leaving.leave(self.community, request.user)
        except LastFacilitatorError:
            return self._shown(request, 409)
        messages.success(request, _("You have left this community."))
        return redirect("communities")

    def _shown(self, request: HttpRequest, status: int = 200) -> HttpResponse:
        others = leaving.others_facilitate(self.community, request.user)
        alone = access.facilitates(request.user, self.community) and not others
        context = self.context(alone=alone)
        return render(request, "communities/groups/leave.html", context, status=status)
