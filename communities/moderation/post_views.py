"""Steps on one post: members report it, facilitators hide, restore and let it through."""

from typing import Any

from allauth.core import ratelimit
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


class ReportView(_PostView):
    """`GET`: the form; `POST reason=`: tell the facilitators that a post should not stand."""

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person is in the community, and not the author."""
        own = self.post_shown.author_id == request.user.pk
        return access.is_in(request.user, self.community) and not own

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Show the form."""
        return self._show(ReportForm())

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Store it; said already, it is not said again."""
        form = ReportForm(request.POST)
        if not form.is_valid():
            return self._show(form, 400)
        key = f"report-{request.user.pk}"
        if not ratelimit.consume(request, action="report_post", key=key):
            form.add_error(None, _("You have reported many posts today. Try again tomorrow."))
            return self._show(form, 429)
        acting.report(self.post_shown, request.user, form.cleaned_data["reason"])
        messages.success(request, _("Thank you. The facilitators will look at it."))
        return redirect(self.post_shown)

    def _show(self, form: ReportForm, status: int = 200) -> HttpResponse:
        context = self.context(here="threads", post=self.post_shown, form=form)
        return render(self.request, "communities/moderation/report.html", context, status=status)


class HideView(FacilitatorView, _PostView):
    """`GET`: the form; `POST reason=`: hide a post."""

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Show the form."""
        return self._show(ReasonForm())

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Hide it."""
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._show(form, 400)
        acting.hide(self.post_shown, request.user, form.cleaned_data["reason"])
        messages.success(request, _("It is hidden. Its author sees the reason."))
        return redirect(self.post_shown)

    def _show(self, form: ReasonForm, status: int = 200) -> HttpResponse:
        context = self.context(here="threads", post=self.post_shown, form=form)
        return render(self.request, "communities/moderation/hide.html", context, status=status)


class PurgeView(FacilitatorView, _PostView):
    """`GET`: ask; `POST reason=`: delete the earlier texts of a post for good."""

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Ask for the reason."""
        return self._show(ReasonForm())

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Delete them."""
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._show(form, 400)
        acting.purge(self.post_shown, request.user, form.cleaned_data["reason"])
        messages.success(request, _("The earlier texts are deleted for good."))
        return redirect(self.post_shown)

    def _show(self, form: ReasonForm, status: int = 200) -> HttpResponse:
        context = self.context(here="threads", post=self.post_shown, form=form)
        context["count"] = self.post_shown.earlier.count()
        return render(self.request, "communities/moderation/purge.html", context, status=status)


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
