"""One's own data: to take along, and to be erased."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_POST

from members.doors import never_kept, never_kept_view
from members.erasing import erase
from members.exporting import as_json, export, file_name
from members.forms import PlainForm
from members.roles import institution_of
from users.models import User

confirmed = reauthentication_required(allow_get=True, app="members")


@require_POST
@login_required
@confirmed
@never_kept
def export_mine(request: HttpRequest) -> HttpResponse:
    """Send everything the site knows about whoever asks, after the password."""
    user: Any = request.user
    response = HttpResponse(as_json(export(user)), content_type="application/json; charset=utf-8")
    name = file_name(timezone.localdate())
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class SureForm(PlainForm):
    """That somebody means it."""

    sure = forms.BooleanField(
        label=gettext_lazy("I understand that this cannot be undone."),
        error_messages={"required": gettext_lazy("Tick the box if you want to be erased.")},
    )


@never_kept_view
@method_decorator([login_required, confirmed], name="dispatch")
class EraseView(View):
    """`GET` says what erasure does; `POST`, after the password, erases and logs out."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Say what goes and what stays."""
        return _shown(request, SureForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Erase whoever asks; the last administrator has to find another one first."""
        form = SureForm(request.POST)
        user: Any = request.user
        if not form.is_valid():
            return _shown(request, form, 400)
        if is_last_administrator(user):
            form.add_error(
                None, _("You are the only administrator. Appoint another one before you leave.")
            )
            return _shown(request, form, 409)
        erase(user, by=user)
        logout(request)
        messages.success(request, _("Your account and what named you are erased."))
        return redirect("account_login")


def is_last_administrator(user: User) -> bool:
    """Return whether nobody else could administer the site."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and not others.exists()


def _shown(request: HttpRequest, form: SureForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "institution": institution_of(request.user)}
    return render(request, "members/erase.html", context, status=status)
