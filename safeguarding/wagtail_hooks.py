"""The gate in Wagtail's own interface: what was found, before somebody presses "publish"."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents import get_document_model

from safeguarding.access import may_sign_off_anything
from safeguarding.files import files_of
from safeguarding.gate import condition
from safeguarding.passages import content_of


@hooks.register("before_edit_page")
def tell_what_was_found(request: HttpRequest, page: Any) -> None:
    """Say above the form what stands against publishing, with a link to it."""
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET:
        return
    for reason in condition(page):
        link = format_html('<a href="{}">{}</a>', reason.url, reason.link)
        messages.warning(request, format_html("{} {}", str(reason), link))


@hooks.register("after_publish_page")
def tell_what_is_closed(request: HttpRequest, page: Any) -> None:
    """Say which files on a public page not everybody may open: readers see their names only."""
    linked = set(content_of(page).files)
    closed = linked - {file.pk for file in files_of(linked, page)}
    for file in get_document_model().objects.filter(pk__in=closed).order_by("pk"):
        told = _("Not everybody may open “%(file)s”: others see no link to it on this page.")
        messages.info(request, told % {"file": file.title})


class SigningMenuItem(MenuItem):
    """Shown to those who sign off."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether this person signs off."""
        return may_sign_off_anything(request.user)


@hooks.register("register_reports_menu_item")
def register_desk() -> MenuItem:
    """Lead from the editor's reports to what was signed off."""
    return SigningMenuItem(
        gettext_lazy("Do no harm"), reverse("safeguarding-desk"), icon_name="warning", order=910
    )


@hooks.register("register_permissions")
def register_right() -> QuerySet[Permission]:
    """Let the right to sign off be given to groups in the editor's settings."""
    return Permission.objects.filter(content_type__app_label="safeguarding", codename="sign_off")
