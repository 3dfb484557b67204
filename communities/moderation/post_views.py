"""Steps on one post: members report it, facilitators hide, restore and let it through."""

from abc import ABC, abstractmethod
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities import access
from communities.doors import CommunityView, FacilitatorView, open_post, open_thread
from communities.models import Post
from communities.moderation import acting
from communities.moderation.forms import ReasonForm, ReportForm


class _PostView(CommunityView):
    """A page about one post: `self.post_shown`."""

    post_shown: Post

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the post in this community."""
        thread = open_thread(request, self.community, kwargs["pk"])
        self.post_shown = open_post(request, thread, kwargs["number"])


class _ReasonView(_PostView, ABC):
    """A step on a post that is taken with a reason."""

    template: str
    form_class: type[forms.Form] = ReasonForm

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Show the form."""
        return self.show(self.form_class())

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Take the step, or show the form again with what was typed."""
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        return self.do(request, form) or redirect(self.post_shown)

    @abstractmethod
    def do(self, request: HttpRequest, form: forms.Form) -> HttpResponse | None:
        """Do what the address says; a response where it could not be done."""

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        """Show the form beside the post."""
        context = self.context(here="threads", post=self.post_shown, form=form, **self.more())
        return render(self.request, self.template, context, status=status)

    def more(self) -> dict[str, Any]:
        """Return what else the template says."""
        return {}


class ReportView(_ReasonView):
    """`GET`: the form; `POST reason=`: tell the facilitators that a post should not stand."""

    template = "communities/moderation/report.html"
    form_class = ReportForm

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person is in the community, and not the author."""
        own = self.post_shown.author_id == request.user.pk
        return access.is_in(request.user, self.community) and not own

    def do(self, request: HttpRequest, form: forms.Form) -> HttpResponse | None:
        """Store it; said already, it is not said again."""
        key = f"report-{request.user.pk}"
        if not ratelimit.consume(request, action="report_post", key=key):
            form.add_error(None, _("You have reported many posts today. Try again tomorrow."))
            return self.show(form, 429)
        acting.report(self.post_shown, request.user, form.cleaned_data["reason"])
        messages.success(request, _("Thank you. The facilitators will look at it."))
        return None


class HideView(FacilitatorView, _ReasonView):
    """`GET`: the form; `POST reason=`: hide a post."""

    template = "communities/moderation/hide.html"

    def do(self, request: HttpRequest, form: forms.Form) -> None:
        """Hide it."""
        acting.hide(self.post_shown, request.user, form.cleaned_data["reason"])
        messages.success(request, _("It is hidden. Its author sees the reason."))


class PurgeView(FacilitatorView, _ReasonView):
    """`GET`: ask; `POST reason=`: delete the earlier texts of a post for good."""

    template = "communities/moderation/purge.html"

    def do(self, request: HttpRequest, form: forms.Form) -> None:
        """Delete them."""
        acting.purge(self.post_shown, request.user, form.cleaned_data["reason"])
        messages.success(request, _("The earlier texts are deleted for good."))

    def more(self) -> dict[str, Any]:
        """Return how many there are."""
        return {"count": self.post_shown.earlier.count()}


class PostSwitchView(FacilitatorView, _PostView):
    """`POST`: restore, let through or keep a post, as the address says."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int, number: int, step: str) -> HttpResponse:
        """Do it once."""
        post, user = self.post_shown, request.user
        if step == "restore" and acting.restore(post, user):
            messages.success(request, _("Members can read it again."))
        elif step == "let-through" and acting.let_through(post, user):
            messages.success(request, _("It stands now, and whom it concerns is told."))
        elif step == "keep" and acting.keep(post, user):
            messages.success(request, _("The reports are settled; the post stays."))
        return redirect(post)
