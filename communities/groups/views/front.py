"""The list of communities, and the home and description of each."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View

from communities import access
from communities.decisions.register import due
from communities.doors import CommunityView, never_kept
from communities.groups import overview, panel
from communities.groups.forms import Filter
from communities.models import Event
from communities.readers import readers_of
from communities.threads.listing import listed
from members.roles import is_member

PER_PAGE = 30
NEXT_EVENTS = 3


@method_decorator(never_kept, name="dispatch")
class CommunitiesView(View):
    """`GET ?kind=&region=&topic=&language=&page=`: the communities that this reader knows of."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list: invitations and own ones first, with what is new in them."""
        known = overview.known_to(request.user)
        form = Filter(request.GET, known)
        chosen = form.cleaned_data if form.is_valid() else {}
        found = overview.narrowed(known, chosen) if form.is_valid() else []
        entries = overview.entries(request.user, found)
        page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
        overview.add_what_is_new(request.user, list(page.object_list))
        context = {
            "form": form,
            "narrowed": any(chosen.values()) or not form.is_valid(),
            "page_of_entries": page,
            "is_member": is_member(request.user),
            "has_own": bool(access.memberships_of(request.user)),
            "may_create": access.may_create(request.user),
        }
        return render(request, "communities/groups/list.html", context)


class HomeView(CommunityView):
    """`GET`: what it is for and its discussions; for whoever only knows of it, the way in."""

    knows_only = True
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the home page."""
        user, community = request.user, self.community
        context = self.context(
            here="threads",
            way_in=panel.way_in(user, community),
            waiting=panel.waiting_requests(user, community),
            facilitators=panel.facilitators(user, community),
        )
        if context["may_read"]:
            coming = Event.objects.filter(
                community=community, ends__gte=timezone.now(), cancelled_at=None
            )
            context |= {
                **listed(request, community),
                "readers": readers_of(community, user),
                "coming": coming.order_by("starts", "pk")[:NEXT_EVENTS],
                "due": due(community)[:NEXT_EVENTS],
            }
        return render(request, "communities/groups/home.html", context)


class AboutView(CommunityView):
    """`GET`: what it is, who sees what, who facilitates; the ways in and out."""

    knows_only = True
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the description."""
        user, community = request.user, self.community
        context = self.context(
            here="about",
            way_in=panel.way_in(user, community),
            waiting=panel.waiting_requests(user, community),
            facilitators=panel.facilitators(user, community),
            membership=access.memberships_of(user).get(community.pk),
            may_name=access.may_name_facilitators(user, community),
            readers=readers_of(community, user),
        )
        return render(request, "communities/groups/about.html", context)
