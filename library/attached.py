"""Files that belong to a page: nobody else opens them before it, and they go when it goes."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from library.models import LibraryFile
from safeguarding.passages import content_of
from search import index


def files_below(page: Page) -> QuerySet[LibraryFile]:
    """Return the files that belong to a page or to one below it."""
    return LibraryFile.objects.filter(page__path__startswith=page.path)


@receiver(post_save)
def follow_its_page(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Show the files of a page that its public version names, and no others.

    Whatever publishes, unpublishes or changes a page ends in a save of it; a draft does not.
    """
    if raw or not isinstance(instance, Page):
        return
    files = list(LibraryFile.objects.filter(page_id=instance.pk).values_list("pk", "shown"))
    if files:
        named = _named(instance.pk) if instance.live else set()
        _show([pk for pk, shown in files if not shown and pk in named], True)
        _show([pk for pk, shown in files if shown and pk not in named], False)
        index.refresh("file", [pk for pk, _shown in files])


def _named(page_id: int) -> set[int]:
    """Return the files that the stored, public version of a page names."""
    return set(content_of(Page.objects.get(pk=page_id).specific).files)


def _show(ids: Iterable[int], shown: bool) -> None:
    LibraryFile.objects.filter(pk__in=ids).update(shown=shown)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def follow_its_restrictions(
    sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any
) -> None:
    """Let the search know of files whose page was closed or opened."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        index.refresh("file", files_below(page).values_list("pk", flat=True))


@receiver(post_page_move)
def follow_its_move(sender: type[Any], instance: Page, **kwargs: Any) -> None:
    """Let the search know of files whose page was moved below a restriction, or out of it."""
    index.refresh("file", files_below(instance).values_list("pk", flat=True))
