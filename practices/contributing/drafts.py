"""The newest draft of a practice, read with a few queries for all of it."""

from collections.abc import Callable
from typing import Any

from core.classification import TAGS
from core.versions import complete, version_as_page, version_to_show
from practices.models import PracticePage

__all__ = ["newest_of", "newest_to_show", "version_as_page", "version_to_show"]


def newest_of(page: PracticePage) -> PracticePage:
    """Return a practice as it was last saved, whether or not that is public."""
    return _newest(page, version_as_page)


def newest_to_show(page: PracticePage) -> PracticePage:
    """Return the same to be shown only, with a query less."""
    return _newest(page, version_to_show)


def _newest(page: PracticePage, read: Callable[..., Any]) -> PracticePage:
    revision = page.latest_revision
    newer = revision if page.has_unpublished_changes else None
    found: PracticePage = read(page, newer) if newer else complete(page, TAGS)
    return found
