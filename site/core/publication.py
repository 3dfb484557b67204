"""What must hold before a page becomes public: the one place that every route passes.

Apps register conditions; a page that does not meet one stays as it is, and `PublicationBlocked`
says why. It is asked where rows are written, not where people press buttons: the editor, bulk
actions, workflows, schedules, copies, aliases, translations, imports and a shell all end there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.signals import pre_page_move


@dataclass(frozen=True)
class Reason:
    """One sentence on what is missing, and the page where that can be mended."""

    text: str | Promise
    url: str = ""
    link: str | Promise = ""  # what the link says

    def __str__(self) -> str:
        return str(self.text)


Condition = Callable[[Any], Iterable[Reason]]

# Sent with page, revision and reasons when a scheduled page could not be published at its time.
postponed = Signal()

_conditions: list[Condition] = []

# How Wagtail's `publish_scheduled` says who it is.
SCHEDULED = "wagtail.publish.scheduled"

# What Wagtail keeps about a page. Nobody reads it on the site: writing it is no publication.
BOOKKEEPING = {
    *("path", "depth", "numchild", "url_path", "content_type", "page_ptr", "id", "pk"),
    *("draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"),
    *("live_revision", "first_published_at", "last_published_at", "expired"),
    *("go_live_at", "expire_at", "owner", "locked", "locked_at", "locked_by"),
    *("alias_of", "translation_key", "wagtail_admin_comments", "external_id"),
}


class PublicationBlocked(Exception):  # noqa: N818 - it is no error of anybody
    """A page was not published; `page` is which, `reasons` are what is missing."""

    def __init__(self, page: Any, reasons: Iterable[Reason]) -> None:
        self.page, self.reasons = page, list(reasons)
        super().__init__(page, self.reasons)

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)

    @property
    def sentence(self) -> str:
        """What to tell people, in the language that is active."""
        return _("“%(title)s” was not published.") % {"title": self.page.title}


def register(condition: Condition) -> None:
    """Ask this condition before anything is published: page in, reasons against it out.

    It is given the page as it is going to be, be it unsaved, and writes nothing. The copies that
    follow a page (`alias_of`) stand for the original: what it was cleared for holds for them.
    """
    if condition not in _conditions:
        _conditions.append(condition)


def unregister(condition: Condition) -> None:
    """Ask this condition no longer."""
    _conditions.remove(condition)


def reasons_against(page: Any) -> list[Reason]:
    """Return what stands against publishing this page as it is in memory."""
    return [reason for condition in _conditions for reason in condition(page)]


def require_publishable(page: Any) -> None:
    """Raise `PublicationBlocked` when a condition is not met."""
    reasons = reasons_against(page)
    if reasons:
        raise PublicationBlocked(page, reasons)


def public_content(page: Any) -> dict[str, Any]:
    """Return all fields and children of a page but what only Wagtail reads."""
    data = page.serializable_data()
    return {name: value for name, value in data.items() if name not in {*BOOKKEEPING, "live"}}


def guard_page(instance: Any, raw: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """Refuse to write what would be public and may not be (receiver of `pre_save`)."""
    if raw or not isinstance(instance, Page) or not instance.live:
        return
    if update_fields is not None and set(update_fields) <= BOOKKEEPING:
        return
    page = _as_it_will_be(instance)
    if page is None:
        return
    reasons = reasons_against(page)
    if reasons and not _was_public_like_this(page):
        raise PublicationBlocked(page, reasons)


def _as_it_will_be(instance: Any) -> Any:
    """Return the page in full; None when this writes nothing that is new to the public."""
    if instance.pk is None or isinstance(instance, instance.specific_class or Page):
        return instance
    # Some code works with the part that all pages share: what it writes may be a title, or "live".
    names = [f.attname for f in Page._meta.concrete_fields if f.name not in BOOKKEEPING]
    stored = Page.objects.filter(pk=instance.pk).first()
    if stored and all(getattr(stored, name) == getattr(instance, name) for name in names):
        return None
    page = instance.specific_class._default_manager.filter(pk=instance.pk).first() or instance
    for name in names:
        setattr(page, name, getattr(instance, name))
    return page


def _was_public_like_this(page: Any) -> bool:
    """Return whether everybody who may read the page has read the same until now.

    What was published once is not withdrawn by a save of something else; `takedown` does that.
    """
    stored = type(page)._default_manager.filter(pk=page.pk).first() if page.pk else None
    return bool(stored and stored.live and public_content(stored) == public_content(page))


def guard_schedule(instance: Any, raw: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """Refuse to put a version on the schedule that may not be published (`pre_save`)."""
    if raw or instance.approved_go_live_at is None:
        return
    if update_fields is not None and "approved_go_live_at" not in update_fields:
        return
    page = instance.as_object()
    if isinstance(page, Page):
        require_publishable(page)


def guard_move(instance: Any, parent_page_before: Any, parent_page_after: Any, **kw: Any) -> None:
    """Refuse to move what may not be public from a closed section to an open one."""
    if is_closed(parent_page_before) and not is_closed(parent_page_after):
        _require_all(instance.get_descendants(inclusive=True), opened=None)


def guard_opening(instance: Any, origin: Any, **kwargs: Any) -> None:
    """Refuse to take a restriction away from what may not be public (`pre_delete`)."""
    # When the page goes, its restriction goes along, and nothing is opened.
    if (origin.model if isinstance(origin, QuerySet) else type(origin)) is PageViewRestriction:
        _open(instance)


def guard_restriction(instance: Any, raw: bool, **kwargs: Any) -> None:
    """Refuse to open a page by giving its restriction to another (`pre_save`)."""
    stored = PageViewRestriction.objects.filter(pk=instance.pk).first() if instance.pk else None
    if stored and not raw and stored.page_id != instance.page_id:
        _open(stored)


def _open(restriction: Any) -> None:
    others = restriction.page.get_view_restrictions().exclude(pk=restriction.pk)
    if not others.exists():
        _require_all(restriction.page.get_descendants(inclusive=True), opened=restriction.pk)


def is_closed(page: Any) -> bool:
    """Return whether a page is below a restriction, or has one itself."""
    return bool(page.get_view_restrictions().exists())


def _require_all(pages: Any, opened: int | None) -> None:
    """Ask for each live page that no restriction of its own, or in between, keeps closed."""
    kept = PageViewRestriction.objects.filter(page__in=pages).exclude(pk=opened)
    closed = tuple(kept.values_list("page__path", flat=True))
    for page in pages.live().specific().iterator():
        if not page.path.startswith(closed):
            require_publishable(page)


def postpone(revision: Revision, blocked: PublicationBlocked) -> None:
    """Take a version off the schedule that may not be published, and tell who cares."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    postponed.send(
        sender=type(blocked.page), page=blocked.page, revision=revision, reasons=blocked.reasons
    )


def watch_all_routes() -> None:
    """Connect the guards; called once, when the site starts."""
    pre_save.connect(guard_page, dispatch_uid="publication-page")
    pre_save.connect(guard_schedule, sender=Revision, dispatch_uid="publication-schedule")
    pre_save.connect(guard_restriction, PageViewRestriction, dispatch_uid="publication-restriction")
    pre_delete.connect(guard_opening, PageViewRestriction, dispatch_uid="publication-opening")
    pre_page_move.connect(guard_move, dispatch_uid="publication-move")
    # What Wagtail does in several steps is done wholly or not at all: when the second page of a
    # tree is refused, its first copy must go, and a refused version must not cost the schedule.
    for action in (CopyPageAction, CreatePageAliasAction, PublishRevisionAction):
        action.execute = transaction.atomic(action.execute)
