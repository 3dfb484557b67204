"""A person's own page: what they say about themselves, and what they are here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from members.access import may_apply, may_see_board, needs_second_factor
from members.applying import last_application
from members.doors import never_kept_view
from members.forms import ProfileForm
from members.models import Profile, Role


@never_kept_view
@method_decorator(login_required, name="dispatch")
class MeView(View):
    """`GET` shows one's own page, `POST` stores the profile on it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        return render(request, "members/me.html", context_of(request, filled(request.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the profile, or show what is wrong beside what was typed."""
        form = ProfileForm(request.POST)
        if not form.is_valid():
            return render(request, "members/me.html", context_of(request, form), status=400)
        form.save(request.user, profile_of(request.user))  # type: ignore[arg-type]
        messages.success(request, _("Your profile is saved."))
        return redirect("members-me")


def profile_of(user: Any) -> Profile:
    """Return somebody's profile; a GET makes none."""
    return Profile.objects.filter(user=user).first() or Profile(user=user)


def filled(user: Any) -> ProfileForm:
    """Return the form as the profile stands."""
    profile = profile_of(user)
    known = profile.pk is not None
    return ProfileForm(
        initial={
            "first_name": user.first_name,
            "last_name": user.last_name,
            "language": user.language or (get_language() or "en")[:2],
            "languages": list(profile.languages.values_list("code", flat=True)) if known else [],
            "topics": list(profile.topics.values_list("code", flat=True)) if known else [],
            "expertise": profile.expertise,
            "listed": profile.listed,
            "ask_me": profile.ask_me,
        }
    )


def context_of(request: HttpRequest, form: ProfileForm) -> dict[str, Any]:
    """Return the context of the page: the form, roles with their days, what else there is to do."""
    user: Any = request.user
    mine = Role.objects.filter(user=user).select_related("institution", "country")
    roles = sorted(mine, key=lambda role: (not role.is_held, role.starts))
    return {
        "form": form,
        "roles": roles,
        "application": last_application(request.user),
        "may_apply": may_apply(request.user),
        "may_see_board": may_see_board(request.user),
        "needs_second_factor": needs_second_factor(request.user),
    }
