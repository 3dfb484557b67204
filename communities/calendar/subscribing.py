"""The calendar at a private address, for programs that log in nowhere."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from communities import access
from communities.alerts import feeds
from communities.calendar.views import CalendarView, whole_file
from communities.doors import never_kept, told_to_nobody
from core.mail import site_url


class NewAddressView(CalendarView):
    """`POST once=`: make a private address of the calendar, and show it this once.

    `GET` leads back to the calendar: whoever changes the language beside the address comes by here.
    """

    http_method_names = ["get", "head", "post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person is in the community."""
        return access.is_in(request.user, self.community)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead to the calendar."""
        return redirect("community-calendar", self.community.slug)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it; the same form sent twice makes one."""
        user: Any = request.user
        membership = access.memberships_of(user)[self.community.pk]
        token = feeds.issue(user, request.POST.get("once", ""), membership)
        if token is None:
            messages.error(
                request, _("You have as many addresses as there may be. Take one back first.")
            )
            return redirect("community-calendar", self.community.slug)
        address = site_url() + reverse("community-calendar-feed", args=[token])
        return told_to_nobody(self.show(request, new_feed=address))


@method_decorator(never_kept, name="dispatch")
class CalendarFeedView(View):
    """`GET`: the calendar that the key in the address opens, as its owner may read it now.

    Nobody logs in here. A key that does not work, and one whose owner is not in the community any
    more, are answered like nothing.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Answer with the file."""
        community = feeds.calendar_of(token)
        if community is None:
            return told_to_nobody(render(request, "404.html", status=404))
        return told_to_nobody(whole_file(community))
