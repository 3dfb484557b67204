"""What is deleted leaves the search in the same transaction, by whatever way it is deleted.

Everything else that changes what may be found is told to the search where it is changed.
"""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from communities.models import Decision, Event, Post, Thread
from search import index


@receiver(post_delete, sender=Thread)
def thread_deleted(sender: type[Thread], instance: Thread, **kwargs: Any) -> None:
    """Take a deleted thread out of the search."""
    index.withdraw("thread", [instance.pk])


@receiver(post_delete, sender=Post)
def post_deleted(sender: type[Post], instance: Post, **kwargs: Any) -> None:
    """Take a deleted answer out of the search; with a first post, its thread."""
    index.withdraw("post", [instance.pk])
    if instance.number == 1:
        index.withdraw("thread", [instance.thread_id])


@receiver(post_delete, sender=Decision)
def decision_deleted(sender: type[Decision], instance: Decision, **kwargs: Any) -> None:
    """Take a decision that went with its community out of the search."""
    index.withdraw("decision", [instance.pk])


@receiver(post_delete, sender=Event)
def event_deleted(sender: type[Event], instance: Event, **kwargs: Any) -> None:
    """Take a deleted event out of the search."""
    index.withdraw("event", [instance.pk])
