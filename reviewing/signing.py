"""The secretariat's signature below what is published, and the condition that asks for it.

Buttons are hidden from those who may not publish (`practices.rights`); this holds where no button
is: copies, aliases, translations, schedules, the shell.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from core.publication import Reason
from practices.models import PracticePage
from practices.rights import has_written
from reviewing import events
from reviewing.digest import text_digest
from reviewing.models import SignOff

UNSIGNED = _("Nobody of the secretariat has signed off this text.")


def sign_off(page: PracticePage, user: Any, reason: str = "") -> SignOff:
    """Record that somebody answers for the newest version; `PermissionDenied` for one's own."""
    if has_written(user, page):
        raise PermissionDenied
    newest = page.get_latest_revision_as_object()
    signed = SignOff.objects.create(
        page_id=page.pk, digest=text_digest(newest), signed_by=user, reason=reason
    )
    events.record(page, "sign_off", user, reason=reason)
    return signed


def is_contributed(page: PracticePage) -> bool:
    """Return whether somebody with an account had a hand in it.

    What was read in from documents on the command line has neither owner nor writer.
    """
    if page.owner_id is not None:
        return True
    return page.pk is not None and (
        Revision.objects.for_instance(page).filter(user__isnull=False).exists()
    )


def original_of(page: PracticePage) -> int | None:
    """Return the id of the practice that this is, or follows as an alias."""
    return page.alias_of_id or page.pk


def says_the_same_already(page: PracticePage) -> bool:
    """Return whether the public reads just this text, in this voice, at this very page."""
    stored = PracticePage.objects.filter(pk=page.pk, live=True).first() if page.pk else None
    return bool(stored and stored.voice == page.voice and text_digest(stored) == text_digest(page))


def signed_off(page: Any) -> Iterable[Reason]:
    """Condition of publication: the secretariat has signed off exactly this text."""
    if not isinstance(page, PracticePage) or not is_contributed(page):
        return
    if says_the_same_already(page):
        return
    original = original_of(page)
    if SignOff.objects.filter(page_id=original, digest=text_digest(page)).exists():
        return
    yield Reason(
        UNSIGNED,
        url=reverse("review-practice", args=[original]) if original else "",
        link=_("See its review"),
    )
