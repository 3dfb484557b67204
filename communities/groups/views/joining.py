"""The two ways in, as whoever takes them sees it: asking, and accepting an invitation."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities import access
from communities.doors import CommunityView
from communities.groups import inviting, joining, panel
from communities.groups.forms import JoinForm, RhythmForm
from members.roles import is_member


class JoinView(CommunityView):
    """`GET` the form to ask to join; `POST` asks."""

    knows_only = True
    signed_in = True

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may ask, is in it, or has to become a member first."""
        if not is_member(request.user) or access.is_in(request.user, self.community):
            return True
        return access.may_ask_to_join(request.user, self.community)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        if not self._may_ask_now(request):
            return self._back()
        form = JoinForm(initial={"rhythm": joining.rhythm_of(request.user)})
        return self._shown(request, form)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, and tell those who facilitate by mail."""
        form = JoinForm(request.POST)
        if not self._may_ask_now(request):
            return self._back()
        if not form.is_valid():
            return self._shown(request, form, 400)
        key = f"join-{request.user.pk}"
        if not ratelimit.consume(request, action="join_community", key=key):
            form.add_error(None, _("You have asked to join many communities. Try again tomorrow."))
            return self._shown(request, form, 429)
        told = form.cleaned_data
        if joining.ask(self.community, request.user, told["text"], told["rhythm"]):
            messages.success(
                request, _("Your request is sent. You get the answer by mail, and find it here.")
            )
        return self._back()

    def _may_ask_now(self, request: HttpRequest) -> bool:
        way = panel.way_in(request.user, self.community)
        return bool(way and way.may_ask and not way.not_before and not way.asked)

    def _back(self) -> HttpResponse:
        return redirect("community-about", self.community.slug)

    def _shown(self, request: HttpRequest, form: JoinForm, status: int = 200) -> HttpResponse:
        context = self.context(form=form)
        return render(request, "communities/groups/join.html", context, status=status)


class WithdrawView(CommunityView):
    """`POST`: take one's own request back."""

    knows_only = True
    signed_in = True
    http_method_names = ["post", "options"]

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may have asked at all."""
        return access.may_ask_to_join(request.user, self.community)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take it back; nothing happens where there is none."""
        if joining.withdraw(self.community, request.user):
            messages.success(request, _("Your request is withdrawn."))
        return redirect("community-about", self.community.slug)


class _InvitedView(CommunityView):
    """For whoever is invited, as long as they can accept."""

    knows_only = True

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person can accept an invitation now, or has just done so."""
        invited = access.open_invitations(request.user).filter(community=self.community)
        return access.is_in(request.user, self.community) or invited.exists()


class InvitationView(_InvitedView):
    """`GET` what one is invited to; `POST` accepts."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the invitation; nothing is accepted by opening it."""
        if access.is_in(request.user, self.community):
            return redirect(self.community)
        return self._shown(request, RhythmForm(initial={"rhythm": joining.rhythm_of(request.user)}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Join; pressed twice, it is done once."""
        form = RhythmForm(request.POST)
        if not form.is_valid():
            return self._shown(request, form, 400)
        if inviting.accept(self.community, request.user, form.cleaned_data["rhythm"]):
            messages.success(request, _("Welcome: you are in this community now."))
        return redirect(self.community)

    def _shown(self, request: HttpRequest, form: RhythmForm, status: int = 200) -> HttpResponse:
        way = panel.way_in(request.user, self.community)
        context = self.context(form=form, invitation=way.invitation if way else None)
        return render(request, "communities/groups/invitation.html", context, status=status)


class DeclineView(_InvitedView):
    """`POST`: refuse an invitation."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Refuse; whoever invited is not told."""
        if inviting.decline(self.community, request.user):
            messages.success(request, _("The invitation is declined. Nobody is told."))
        return redirect("communities")
