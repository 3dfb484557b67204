"""Who is in a community, and whether what is new in it comes by mail."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities import access
from communities.doors import CommunityView
from communities.groups import panel
from communities.groups.people import by_country, by_kind, people_of
from communities.models import Membership
from communities.readers import readers_of

PER_PAGE = 60


class _MembersView(CommunityView):
    """For those who are in the community."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may see who is in it."""
        return access.may_see_members(request.user, self.community)


class PeopleView(_MembersView):
    """`GET ?page=`: the members by country and institution."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the figures and the names."""
        people = people_of(self.community, request.user)
        context = self.context(
            here="people",
            page_of_people=Paginator(people, PER_PAGE).get_page(request.GET.get("page")),
            countries=by_country(people),
            kinds=by_kind(people),
            membership=access.memberships_of(request.user)[self.community.pk],
            waiting=panel.waiting_requests(request.user, self.community),
            readers=readers_of(self.community, request.user),
        )
        return render(request, "communities/groups/people.html", context)


class MuteView(_MembersView):
    """`POST muted=1|0`: leave this community out of one's digest, or take it in again."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store the choice."""
        muted = request.POST.get("muted") == "1"
        mine = Membership.objects.current().filter(user_id=request.user.pk or 0)
        mine.filter(community=self.community).update(muted=muted)
        if muted:
            messages.success(request, _("Your digest leaves this community out."))
        else:
            messages.success(request, _("Your digest tells you what is new in this community."))
        return redirect("community-people", self.community.slug)
