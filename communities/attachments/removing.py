"""Files that nothing hangs on any more go: from the rows, the search and the disk."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from communities.models import Attachment, Post

FOLDER = "communities"
# A file is written before its row is committed; so long it is nobody's.
PATIENCE = timedelta(days=1)


def take_off(post: Post) -> None:
    """Delete the files of a post, in this transaction; the disk follows with the commit."""
    with transaction.atomic():
        for attachment in post.attachments.all():
            attachment.delete()


def prune() -> int:
    """Delete what was left behind: files of posts taken back, files without a row; count them."""
    left = Attachment.objects.filter(post__withdrawn_at__isnull=False)
    count = 0
    for attachment in left:
        attachment.delete()
        count += 1
    store = storages["private"]
    for name in list(_ownerless(store)):
        store.delete(name)
        count += 1
    return count


def _ownerless(store: Any) -> Iterator[str]:
    """Yield the names of stored files that no row names, but for those just written."""
    if not store.exists(FOLDER):
        return
    before = timezone.now() - PATIENCE
    for name in (f"{FOLDER}/{each}" for each in store.listdir(FOLDER)[1]):
        if store.get_modified_time(name) > before:
            continue
        if not Attachment.objects.filter(file=name).exists():
            yield name
