"""Opening a community, and what it is: name, purpose, who can see it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from communities import access
from communities.doors import FacilitatorView, never_kept, require
from communities.groups import setting_up
from communities.groups.forms import NewForm, SettingsForm
from communities.groups.setting_up import ChangedMeanwhileError
from communities.models import Community


@method_decorator(never_kept, name="dispatch")
class NewView(View):
    """`GET` the form for a new community, `POST` opens it; for the secretariat."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer all others as if there were no such page."""
        require(access.may_create(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return _new(request, NewForm(initial={"visibility": Community.Visibility.MEMBERS}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Open it; somebody to facilitate it is named next."""
        form = NewForm(request.POST)
        if not form.is_valid():
            return _new(request, form, 400)
        community = setting_up.open_community(form.cleaned_data, request.user)
        if community is None:
            taken = _("There is a community with this short name. Choose another.")
            form.add_error("slug", taken)
            return _new(request, form, 409)
        messages.success(request, _("The community is open. Name who facilitates it."))
        return redirect("community-facilitators", community.slug)


def _new(request: HttpRequest, form: NewForm, status: int = 200) -> HttpResponse:
    return render(request, "communities/groups/new.html", {"form": form}, status=status)


class SettingsView(FacilitatorView):
    """`GET` the settings; `POST` changes them, after a second look where other people see it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the settings."""
        return self._shown(request, SettingsForm(initial=setting_up.values_of(self.community)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Change them, or show what is wrong beside what was typed."""
        form = SettingsForm(request.POST)
        if not form.is_valid():
            return self._shown(request, form, 400)
        wanted = form.cleaned_data["visibility"]
        if wanted != self.community.visibility:
            if "confirm" not in request.POST:
                return self._asked_again(request, form, wanted)
            typed = request.POST.get("typed", "").casefold().split()
            named = self.community.name.casefold().split()
            if wanted == Community.Visibility.PUBLIC and typed != named:
                return self._asked_again(request, form, wanted, 400)
        mark = request.POST.get("mark", "")
        try:
            setting_up.change(self.community, form.cleaned_data, request.user, mark)
        except ChangedMeanwhileError:
            self.community.refresh_from_db()
            told = _(
                "Somebody else has changed the settings meanwhile. Compare with what stands there "
                "now, and save again to put yours in its place."
            )
            form.add_error(None, told)
            return self._shown(request, form, 409, conflict=True)
        messages.success(request, _("The settings are saved."))
        return redirect("community-about", self.community.slug)

    def _shown(
        self, request: HttpRequest, form: SettingsForm, status: int = 200, conflict: bool = False
    ) -> HttpResponse:
        context = self.context(
            here="about", form=form, conflict=conflict, mark=setting_up.mark_of(self.community)
        )
        return render(request, "communities/groups/settings.html", context, status=status)

    def _asked_again(
        self, request: HttpRequest, form: SettingsForm, wanted: str, status: int = 200
    ) -> HttpResponse:
        """Say who will read it, and what; nothing is stored yet."""
        context = self.context(
            here="about",
            form=form,
            wanted=wanted,
            sent=_sent_again(request),
            opened=setting_up.becomes_public(self.community),
            mistyped=status != 200,
        )
        return render(request, "communities/groups/visibility.html", context, status=status)


def _sent_again(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was sent, to be sent once more with the confirmation."""
    own = {"csrfmiddlewaretoken", "typed", "confirm"}
    return [(name, each) for name, rows in request.POST.lists() if name not in own for each in rows]


class CloseView(FacilitatorView):
    """`GET` what it means to close a community; `POST` closes it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask once more."""
        return render(request, "communities/groups/close.html", self.context(here="about"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Close it: it is read, and nobody writes or joins any more."""
        if setting_up.set_closed(self.community, True, request.user):
            messages.success(request, _("The community is closed. Who could read it still can."))
        return redirect("community-about", self.community.slug)


class ReopenView(FacilitatorView):
    """`POST`: open a closed community again."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Open it."""
        if setting_up.set_closed(self.community, False, request.user):
            messages.success(request, _("The community is open again."))
        return redirect("community-about", self.community.slug)
