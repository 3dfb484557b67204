"""The one way a contributor's words get into a practice: as a revision, never published here."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from wagtail.models import Locale, Page, PageLogEntry, Revision, TaskState

from practices.contributing.drafts import newest_of
from practices.contributing.fields import put
from practices.models import PracticeIndexPage, PracticePage

# A form that saves itself renews its own revision for so long, then begins another.
RENEWED_FOR = timedelta(minutes=10)


class ChangedMeanwhileError(Exception):
    """Somebody else has saved since; `newest` is the practice as it stands now."""

    def __init__(self, newest: PracticePage) -> None:
        super().__init__("The practice was changed meanwhile.")
        self.newest = newest


def version_of(page: PracticePage) -> str:
    """Return a token of the newest saved state; it changes with every save."""
    revision = page.latest_revision
    return f"{revision.pk}-{revision.created_at.timestamp():.6f}" if revision else ""


def save_draft(
    page: PracticePage,
    user: Any,
    changed: Mapping[str, Any],
    *,
    version: str | None = None,
    renew: int | None = None,
    back_to: Revision | None = None,
) -> Revision:
    """Save these fields (see `fields.put`) on top of the newest draft; return the revision.

    A practice without a primary key is put below the list of its language first, as its writer's
    own. What the public sees stays as it is until somebody publishes. `version` refuses with
    `ChangedMeanwhileError` when another has saved since. `renew` names the revision that a form
    which saves itself has made a moment ago: it is overwritten instead of making one more.
    `back_to` is the earlier version whose words these are, for the log.
    Whether the user may do it is for the caller to ask (`practices.access`).
    """
    with transaction.atomic():
        if page.pk is None:
            return _begin(page, user, changed)
        PracticePage.objects.select_for_update().get(pk=page.pk)
        stored = PracticePage.objects.select_related("latest_revision", "locale").get(pk=page.pk)
        newest = newest_of(stored)
        if version is not None and version != version_of(stored):
            raise ChangedMeanwhileError(newest)
        put(newest, changed)
        _follow_title(newest)
        if not newest.live:
            # As Wagtail's own editor: what nobody sees yet is kept in the tables, too, so that
            # lists and permissions know its countries.
            newest.save()
        again = _renewable(stored, user, renew)
        revision: Revision = newest.save_revision(
            user=user,
            log_action=again is None,
            previous_revision=back_to,
            clean=False,
            overwrite_revision=again,
        )
        return revision


def _begin(page: PracticePage, user: Any, changed: Mapping[str, Any]) -> Revision:
    if page.locale_id is None:
        page.locale = _locale(get_language() or "")
    # Locked, so that two who begin at once do not get the same place in the tree.
    index = index_in(page.locale)
    parent = Page.objects.select_for_update().get(pk=index.pk)
    page.live, page.owner = False, user
    put(page, changed)
    page.slug = _slug(page.title, parent)
    parent.add_child(instance=page)
    revision: Revision = page.save_revision(user=user, log_action=True, clean=False)
    return revision


def index_in(locale: Locale) -> PracticeIndexPage:
    """Return the list that practices of a language stand below; the first where it has none."""
    lists = PracticeIndexPage.objects.order_by("path")
    found: PracticeIndexPage = lists.filter(locale=locale).first() or lists.get()
    return found


def _locale(code: str) -> Locale:
    return Locale.objects.filter(language_code=code).first() or Locale.get_default()


def _slug(title: str, parent: Page, page: PracticePage | None = None) -> str:
    base = slugify(title, allow_unicode=True)[:200] or "practice"
    siblings = parent.get_children()
    if page:
        siblings = siblings.not_page(page)
    taken = set(siblings.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _follow_title(page: PracticePage) -> None:
    """Let the address follow the title until the first publication; then it stays."""
    if page.live or page.first_published_at:
        return
    if slugify(page.title, allow_unicode=True)[:200] != slugify(page.draft_title, True)[:200]:
        page.slug = _slug(page.title, page.get_parent(), page)


def _renewable(page: PracticePage, user: Any, renew: int | None) -> Revision | None:
    """Return the newest revision if the same form may overwrite it: its own, young, unsent."""
    newest = page.latest_revision
    if renew is None or newest is None or newest.pk != renew or newest.user_id != user.pk:
        return None
    if newest.pk == page.live_revision_id or newest.approved_go_live_at:
        return None
    if TaskState.objects.filter(revision=newest).exists():
        return None
    begun = PageLogEntry.objects.filter(revision=newest).order_by("timestamp").first()
    if begun is None or begun.timestamp < timezone.now() - RENEWED_FOR:
        return None
    return newest
