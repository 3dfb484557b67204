"""Putting things into the library of a community and taking them out."""

from typing import Any

from django.db import transaction

from communities import access
from communities.models import Attachment, Community, ShelfItem
from members.signing import sign
from search import index


def put(item: ShelfItem, attachment: Attachment | None, community: Community, user: Any) -> None:
    """Store an item, signed, with its file; search reads it in the same transaction."""
    with transaction.atomic():
        item.community = community
        sign(item, user)
        item.save()
        if attachment is not None:
            attachment.item = item
            attachment.save(force_insert=True)
            index.refresh("attachment", [attachment.pk])


def take_out(item: ShelfItem) -> None:
    """Delete an item and its file: gone from the search at once, from the disk after that."""
    with transaction.atomic():
        file = Attachment.objects.filter(item=item).first()
        if file is not None:
            stored = file.file
            index.withdraw("attachment", [file.pk])
            transaction.on_commit(lambda: stored.storage.delete(str(stored.name)))
        item.delete()


def may_take_out(user: Any, item: ShelfItem) -> bool:
    """Return whether somebody may take an item out: who put it there, and facilitators."""
    if not access.may_write(user, item.community):
        return False
    own = item.author_id is not None and item.author_id == user.pk
    return own or access.facilitates(user, item.community)
