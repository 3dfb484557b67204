"""Keeps the texts, the disk and the search in step with the rows of attachments."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from communities.attachments.tasks import read_attachment
from communities.models import Attachment
from search import index


@receiver(post_save, sender=Attachment)
def attached(sender: type[Attachment], instance: Attachment, created: bool, **kwargs: Any) -> None:
    """Give a new file to the worker, with the commit."""
    if created and instance.text_status == Attachment.Status.PENDING and not kwargs.get("raw"):
        transaction.on_commit(lambda: read_attachment.enqueue(instance.pk))


@receiver(post_delete, sender=Attachment)
def gone(sender: type[Attachment], instance: Attachment, **kwargs: Any) -> None:
    """Take a deleted file out of the search, and off the disk once it is deleted for good."""
    index.withdraw("attachment", [instance.pk])
    stored, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: stored.delete(name))
