"""Who facilitates a community: for those who do, and for the secretariat."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities import access
from communities.doors import CommunityView, FacilitatorView
from communities.groups import finding, leading, panel
from communities.groups.leaving import LastFacilitatorError, others_facilitate
from members.roles import is_secretariat
from users.models import User


class _NamingView(CommunityView):
    """For whoever may say who facilitates."""

    knows_only = True

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may name facilitators."""
        return access.may_name_facilitators(request.user, self.community)


class FacilitatorsView(_NamingView):
    """`GET ?q=`: who facilitates and who could; `POST person=&hand_over=` names somebody."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page."""
        user, community = request.user, self.community
        asked = finding.words(request.GET.get("q", ""))
        context = self.context(
            here="about",
            facilitators=panel.facilitators(user, community),
            is_secretariat=is_secretariat(user),
            asked=asked,
            found=finding.to_name(community, user, asked),
            others_facilitate=others_facilitate(community, user),
        )
        return render(request, "communities/groups/facilitators.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Name somebody; done twice, it is done once."""
        number = request.POST.get("person", "")
        known = number.isdecimal() and len(number) < 10
        person = User.objects.filter(pk=int(number), is_active=True).first() if known else None
        hand_over = request.POST.get("hand_over") == "1"
        if person and leading.name(self.community, person, request.user, hand_over):
            messages.success(request, _("They facilitate now, and are told by mail."))
        else:
            messages.warning(request, _("Nothing changed. See who facilitates now."))
        if access.may_name_facilitators(request.user, self.community):
            return redirect("community-facilitators", self.community.slug)
        return redirect("community-about", self.community.slug)


class StepDownView(FacilitatorView):
    """`POST`: stop facilitating, and stay in the community."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Step down; who facilitates alone names somebody else first."""
        try:
            leading.step_down(self.community, request.user)
        except LastFacilitatorError:
            told = _("You facilitate alone. Name somebody else first, then step down.")
            messages.error(request, told)
            return redirect("community-facilitators", self.community.slug)
        messages.success(request, _("You do not facilitate this community any more."))
        return redirect("community-about", self.community.slug)


class RelieveView(CommunityView):
    """`POST`: the secretariat lets somebody facilitate no more."""

    knows_only = True
    http_method_names = ["post", "options"]
    person: User

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the person among those who facilitate."""
        found = access.facilitators_of(self.community).filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.person = found

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may do that."""
        return access.may_relieve_facilitator(request.user, self.person)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Relieve them."""
        if leading.relieve(self.community, self.person, request.user):
            messages.success(request, _("They do not facilitate this community any more."))
        return redirect("community-facilitators", self.community.slug)
