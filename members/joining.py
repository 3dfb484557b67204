"""Applying for membership: the form, where it stands, the answer to a question."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from members import applying
from members.access import may_apply
from members.doors import never_kept, never_kept_view
from members.forms import ApplicationForm, TextForm, themes_of_codes
from members.me import profile_of
from members.roles import is_member
from users.models import Institution, User

MOST_SUGGESTED = 1000


@never_kept_view
class ApplyView(View):
    """`GET` explains membership, shows the form or where the application stands; `POST` sends it.

    Visitors without an account read what membership is and are led to an account.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what fits whoever asks."""
        if not request.user.is_authenticated:
            return render(request, "members/about_membership.html")
        return _shown(request, None if not may_apply(request.user) else _begun(request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send the application, or show what is wrong beside what was typed."""
        user = request.user
        if not isinstance(user, User):
            return redirect("account_login")
        form = ApplicationForm(request.POST)
        if not form.is_valid():
            return _shown(request, form, status=400)
        if applying.applied_too_often(user):
            form.add_error(None, _("You have applied several times today. Try again tomorrow."))
            return _shown(request, form, status=429)
        topics = themes_of_codes(form.cleaned_data["topics"])
        sent = applying.apply(user, form.fields_of_application(), topics)
        if sent:
            user.first_name = form.cleaned_data["first_name"]
            user.last_name = form.cleaned_data["last_name"]
            user.save(update_fields=["first_name", "last_name"])
            messages.success(request, _("Your application is sent. You will get a mail."))
        return redirect("members-apply")


@require_POST
@login_required
@never_kept
def answer(request: HttpRequest) -> HttpResponse:
    """Send the answer to the secretariat's question."""
    application = applying.open_application(request.user)
    form = TextForm(request.POST)
    if application and not form.is_valid():
        return _shown(request, None, answer_form=form, status=400)
    if application and applying.answer(application, form.cleaned_data["text"]):
        messages.success(request, _("Your answer is sent."))
    return redirect("members-apply")


@require_POST
@login_required
@never_kept
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take one's own open application back."""
    application = applying.open_application(request.user)
    if application and applying.withdraw(application):
        messages.success(request, _("Your application is withdrawn."))
    return redirect("members-apply")


def _begun(user: Any) -> ApplicationForm:
    """Return an empty form with what is known already."""
    profile = profile_of(user)
    known = profile.pk is not None
    return ApplicationForm(
        initial={
            "first_name": user.first_name,
            "last_name": user.last_name,
            "languages": list(profile.languages.values_list("code", flat=True)) if known else [],
            "topics": list(profile.topics.values_list("code", flat=True)) if known else [],
            "expertise": profile.expertise,
        }
    )


def _shown(
    request: HttpRequest,
    form: ApplicationForm | None,
    answer_form: TextForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form where somebody may apply now, else where the last application stands."""
    last = applying.last_application(request.user)
    waiting = last is not None and last.is_open
    context = {
        "form": None if waiting else form,
        "application": last,
        "questions": list(last.questions.all()) if last else [],
        "answer_form": answer_form or TextForm(),
        "is_member": is_member(request.user),
        "institutions": Institution.objects.order_by("name")[:MOST_SUGGESTED],
    }
    return render(request, "members/apply.html", context, status=status)
