"""The newest draft of a practice, read with a few queries for all of it."""

from core.classification import TAGS
from core.versions import complete, version_as_page
from practices.models import PracticePage

__all__ = ["newest_of", "version_as_page"]


def newest_of(page: PracticePage) -> PracticePage:
    """Return a practice as it was last saved, whether or not that is public."""
    revision = page.latest_revision
    found: PracticePage
    if not page.has_unpublished_changes or revision is None:
        found = complete(page, TAGS)
    else:
        found = version_as_page(page, revision)
    return found
