"""Who may see what was found, answer for pictures, and sign off: the one place that decides it."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page, Revision

from core.versions import version_to_show
from members.access import has_editor
from members.roles import is_member, is_secretariat

SIGN_OFF = "safeguarding.sign_off"
Says = Callable[[Any, Any], bool]
Leads = Callable[[Any, Any], str]

_writers: list[Says] = []
_readers: list[Says] = []
_addresses: list[Leads] = []


def register(writes: Says, reads: Says, edit_address: Leads) -> None:
    """Let an app say who, beside the editors, writes and reads its drafts, and where.

    Each is asked with (user, page) of whatever type and answers False or "" for what is not its.
    """
    _writers.append(writes)
    _readers.append(reads)
    _addresses.append(edit_address)


def may_sign_off_anything(user: Any) -> bool:
    """Return whether somebody signs off at all: the secretariat, and members with that right."""
    return is_secretariat(user) or (is_member(user) and bool(user.has_perm(SIGN_OFF)))


def is_author(user: Any, page: Any) -> bool:
    """Return whether somebody wrote on this text: began the page, or saved a version of it."""
    if page.owner_id is not None and page.owner_id == user.pk:
        return True
    mine = Revision.page_revisions.filter(object_id=str(page.pk), user=user)
    return bool(mine.exists())


def may_sign_off(user: Any, page: Any) -> bool:
    """Return whether somebody may sign off what is on this page: never who wrote on it."""
    return may_sign_off_anything(user) and not is_author(user, page)


def may_write(user: Any, page: Any) -> bool:
    """Return whether somebody may change the page, and so answer for its pictures."""
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return False
    if is_secretariat(user) or any(writes(user, page) for writes in _writers):
        return True
    return _edits(user, page)


def _edits(user: Any, page: Any) -> bool:
    """Return whether somebody changes this page in the editor's interface."""
    return has_editor(user) and bool(page.permissions_for_user(user).can_edit())


def may_see(user: Any, page: Any) -> bool:
    """Return whether somebody may see what was found on the latest version of a page."""
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return False
    if may_write(user, page) or any(reads(user, page) for reads in _readers):
        return True
    return may_sign_off_anything(user)


def page_for(user: Any, pk: int) -> Any:
    """Return the latest version of a page that this person may see, else None."""
    kind = Page.objects.filter(pk=pk, depth__gt=1).values_list("content_type", flat=True).first()
    model: Any = ContentType.objects.get_for_id(kind).model_class() if kind else None
    if model is None:
        return None
    more = getattr(model, "read_with", ("locale",))
    pages = model._default_manager.select_related("owner", "latest_revision", *more)
    page = pages.filter(pk=pk).first()
    if page is None or not may_see(user, page):
        return None
    newest = page.latest_revision if page.has_unpublished_changes else None
    return version_to_show(page, newest) if newest else page


def edit_url(user: Any, page: Any) -> str:
    """Return where somebody changes this page, "" where they cannot."""
    for address in _addresses:
        found = address(user, page)
        if found:
            return found
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if _edits(user, page) else ""
