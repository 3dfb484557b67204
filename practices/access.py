"""Who may write practices, and who may read them before they are published.

The one place that decides it. A draft that somebody may not see is answered like one that does
not exist.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from wagtail.query import PageQuerySet

from core.remembering import once_a_reading
from members.roles import countries_of, is_member, is_secretariat
from practices.models import PracticePage

Reader = Callable[[Any, PracticePage], bool]
_readers: list[Reader] = []


def register_reader(reader: Reader) -> None:
    """Let others than the editors read a draft: whoever `reader(user, page)` says so of."""
    _readers.append(reader)


def may_contribute(user: Any) -> bool:
    """Return whether this person may begin a practice: whoever belongs to the Alliance today."""
    return is_member(user)


@once_a_reading
def is_editor(user: Any, page: PracticePage) -> bool:
    """Return whether this practice is this person's to write, whatever step it is in.

    A practice belongs to whoever began it and to the representatives of its countries; one that
    nobody here contributed (taken from a document) only to the secretariat.
    """
    if not may_contribute(user):
        return False
    if is_secretariat(user) or page.owner_id == user.pk:
        return True
    if page.owner_id is None:
        return False
    return PracticePage.objects.filter(_of_countries(user), pk=page.pk).exists()


def may_edit(user: Any, page: PracticePage) -> bool:
    """Return whether this person may change this practice now.

    Not while a step of the review, or a date for publishing, has closed it (Wagtail's lock); a
    practice that was sent back is open again.
    """
    if not is_editor(user, page):
        return False
    lock = page.get_lock()
    return lock is None or not lock.for_user(user)


def may_see_draft(user: Any, page: PracticePage) -> bool:
    """Return whether this person may read what is not published of this practice."""
    if is_editor(user, page):
        return True
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return False
    return any(reader(user, page) for reader in _readers)


def practices_of(user: Any) -> PageQuerySet:
    """Return the practices that are this person's to write, published or not."""
    if not may_contribute(user):
        return PracticePage.objects.none()
    if is_secretariat(user):
        return PracticePage.objects.all()
    mine = Q(owner=user) | Q(pk__in=PracticePage.objects.filter(_of_countries(user)).values("pk"))
    return PracticePage.objects.filter(mine)


def drafts_of(user: Any) -> PageQuerySet:
    """Return those of `practices_of` with something in them that is not published."""
    return practices_of(user).filter(Q(live=False) | Q(has_unpublished_changes=True))


def _of_countries(user: Any) -> Q:
    return Q(owner__isnull=False, countries__term__code__in=countries_of(user))
