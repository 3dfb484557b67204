"""Inviting members of the Alliance, for those who facilitate."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities import access
from communities.doors import FacilitatorView
from communities.groups import finding, inviting
from communities.groups.forms import AddressForm, InviteForm
from communities.models import Invitation
from members.accounts import mailbox
from users.models import User


class _InvitingView(FacilitatorView):
    """The page with both ways to invite."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may invite: who facilitates, while it is open."""
        return access.may_invite(request.user, self.community)

    def shown(
        self,
        request: HttpRequest,
        form: InviteForm | None = None,
        address: AddressForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Show the page: whom the words `q` find, and a form for an address."""
        sent = request.POST if request.method == "POST" else request.GET
        asked = finding.words(sent.get("q", ""))
        found = finding.to_invite(self.community, asked) if asked else []
        context = self.context(
            here="people",
            asked=asked,
            found=found,
            ticked={int(each) for each in sent.getlist("person") if each.isdecimal()},
            form=form or InviteForm(auto_id="i_%s"),
            address=address or AddressForm(auto_id="a_%s"),
        )
        return render(request, "communities/groups/invite.html", context, status=status)

    def over_limit(self, request: HttpRequest) -> bool:
        """Return whether this person has invited so many that they have to wait."""
        key = f"invite-{request.user.pk}"
        return not ratelimit.consume(request, action="invite_member", key=key)


def _may_be_mailed(request: HttpRequest, address: str) -> bool:
    """Return whether a mailbox has not got many invitations today; it is never told which has."""
    return bool(ratelimit.consume(request, action="invited", key=f"invited-{mailbox(address)}"))


class InviteView(_InvitingView):
    """`GET ?q=`: find members who are listed; `POST` invites those that were ticked."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page."""
        return self.shown(request)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Invite; who is in it or invited already is passed over."""
        listed = finding.listed_people(request.POST.getlist("person"))
        form = InviteForm(
            request.POST, people=[(person.pk, person) for person in listed], auto_id="i_%s"
        )
        if not form.is_valid():
            return self.shown(request, form, status=400)
        if self.over_limit(request):
            form.add_error(None, _("You have invited many people. Try again tomorrow."))
            return self.shown(request, form, status=429)
        chosen = [each for each in listed if each.pk in form.cleaned_data["person"]]
        text = form.cleaned_data["text"]
        number = sum(self._invite(request, person, text) for person in chosen)
        if number:
            told = ngettext("One person is invited.", "%(number)d people are invited.", number)
            messages.success(request, told % {"number": number})
        if number < len(chosen):
            messages.warning(
                request, _("Whoever is in it, or has an invitation already, is not invited again.")
            )
        return redirect("community-requests", self.community.slug)

    def _invite(self, request: HttpRequest, person: User, text: str) -> bool:
        if not _may_be_mailed(request, person.email):
            return False
        return inviting.invite(self.community, person, text, request.user)


class AddressView(_InvitingView):
    """`POST address=`: invite by address, or with `take_back=1` take such an invitation back."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer the same whether or not there is an account with this address."""
        form = AddressForm(request.POST, auto_id="a_%s")
        if not form.is_valid():
            return self.shown(request, address=form, status=400)
        if self.over_limit(request):
            form.add_error(None, _("You have invited many people. Try again tomorrow."))
            return self.shown(request, address=form, status=429)
        address, by = form.cleaned_data["address"], request.user
        if request.POST.get("take_back"):
            inviting.withdraw_address(self.community, address, by)
            told = _("If this address was invited, the invitation is worth nothing any more.")
        else:
            if _may_be_mailed(request, address):
                inviting.invite_address(self.community, address, form.cleaned_data["text"], by)
            told = _(
                "If a member of the Alliance has this address, an invitation is on its way. To "
                "protect people, nobody is told whether there is one."
            )
        messages.success(request, told)
        return redirect("community-requests", self.community.slug)


class WithdrawView(FacilitatorView):
    """`POST`: take an invitation back."""

    http_method_names = ["post", "options"]
    invitation: Invitation

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the invitation among those that stand on the page."""
        waiting = inviting.waiting_invitations(self.community)
        found = waiting.select_related("community").filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.invitation = found

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take it back."""
        if inviting.withdraw(self.invitation):
            messages.success(request, _("The invitation is taken back."))
        return redirect("community-requests", self.community.slug)
