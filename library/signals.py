"""Keeps the texts and the search index in step with files and collections."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Collection, CollectionViewRestriction

from library import reasons
from library.citations import tie_to_source
from library.models import LibraryFile, TextStatus
from library.tasks import read_uploaded_file
from search import index


@receiver(post_save, sender=LibraryFile)
def file_saved(sender: type[LibraryFile], instance: LibraryFile, **kwargs: Any) -> None:
    """Index what changed; a file that waits to be read is given to the worker."""
    if kwargs.get("raw"):
        return
    if kwargs["created"] or "withheld" in (kwargs["update_fields"] or ()):
        tie_to_source(instance)
    index.refresh("file", [instance.pk])
    if instance.text_status == TextStatus.PENDING or instance.withheld == reasons.UNCLEAN:
        transaction.on_commit(lambda: _ask_for_text(instance.pk))


def _ask_for_text(file_id: int) -> None:
    # A command that reads the file itself has done so by the time its transaction ends.
    wanted = Q(text_status=TextStatus.PENDING) | Q(withheld=reasons.UNCLEAN)
    if LibraryFile.objects.filter(wanted, pk=file_id).exists():
        read_uploaded_file.enqueue(file_id)


@receiver(post_delete, sender=LibraryFile)
def file_deleted(sender: type[LibraryFile], instance: LibraryFile, **kwargs: Any) -> None:
    """Take a deleted file out of the index in the same transaction."""
    index.withdraw("file", [instance.pk])


@receiver(post_save, sender=CollectionViewRestriction)
@receiver(post_delete, sender=CollectionViewRestriction)
def restriction_changed(
    sender: type[CollectionViewRestriction], instance: CollectionViewRestriction, **kwargs: Any
) -> None:
    """Hide or show the files below a collection at once."""
    collection = Collection.objects.filter(pk=instance.collection_id).first()
    if collection is not None:
        refresh_below(collection)


@receiver(m2m_changed, sender=CollectionViewRestriction.groups.through)
def groups_changed(
    sender: type[Model], instance: Any, action: str, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Follow the groups of a restriction: the editor saves them after the restriction itself."""
    if action.startswith("post_"):
        restrictions = CollectionViewRestriction.objects.all()
        mine = isinstance(instance, CollectionViewRestriction)
        for each in [instance] if mine else restrictions.filter(pk__in=pk_set or ()):
            restriction_changed(CollectionViewRestriction, each)


@receiver(pre_delete, sender=Group)
def group_deleted(sender: type[Group], instance: Group, **kwargs: Any) -> None:
    """Hide what only a deleted group could open; asked before, while restrictions name it."""
    closed = list(Collection.objects.filter(view_restrictions__groups=instance))

    def refresh() -> None:
        for collection in closed:
            refresh_below(collection)

    transaction.on_commit(refresh)


@receiver(post_save, sender=Collection)
def collection_saved(sender: type[Collection], instance: Collection, **kwargs: Any) -> None:
    """Follow a collection that was moved: the editor moves it after saving it."""
    if not kwargs.get("created"):
        transaction.on_commit(lambda: refresh_below(instance))


def refresh_below(collection: Collection) -> None:
    """Re-index the files of a collection and of those below it."""
    path = Collection.objects.filter(pk=collection.pk).values_list("path", flat=True).first()
    if path is not None:
        files = LibraryFile.objects.filter(collection__path__startswith=path)
        index.refresh("file", files.values_list("pk", flat=True))
