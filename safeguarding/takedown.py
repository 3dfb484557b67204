"""Takes a page out of the public at once, in every language, with all that only it uses."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django_tasks_db.models import DBTaskResult
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Page, Revision

from core.mail import deliver
from safeguarding.models import Takedown
from safeguarding.passages import Content, content_of
from search.index import refresh, withdraw

CLOSED = "Taken down"


def take_down(page: Page, reason: str = "", by: str = "") -> Takedown:
    """Unpublish a page and its translations, close its files, delete its resized pictures.

    Nothing is deleted that cannot be made again: text, files and originals stay for those who
    must look into it. What other public pages use stays open, too.
    """
    with transaction.atomic():
        versions = [each.specific for each in Page.objects.filter(_same_work(page))]
        shown = _merged(_all_that_was_said(versions))
        for each in versions:
            _unpublish(each)
        kept = _merged(content_of(each) for each in Page.objects.live().specific())
        files = _close_files(set(shown.files) - set(kept.files))
        pictures = _drop_renditions(set(shown.pictures) - set(kept.pictures))
        mails = _stop_mails(versions)
        return Takedown.objects.create(
            page_id_then=page.pk,
            page_title=page.title,
            reason=reason,
            by_name=by,
            report={
                "pages": [each.pk for each in versions],
                "files": files,
                "pictures": pictures,
                "mails": mails,
            },
        )


def _same_work(page: Page) -> Q:
    return Q(pk=page.pk) | Q(translation_key=page.translation_key) | Q(alias_of=page)


def _all_that_was_said(versions: Iterable[Any]) -> Iterable[Content]:
    """Yield what these pages show now, and what older versions did: renditions outlive them."""
    for page in versions:
        yield content_of(page)
        for revision in Revision.page_revisions.filter(object_id=str(page.pk)):
            yield content_of(page.with_content_json(revision.content))


def _merged(contents: Iterable[Content]) -> Content:
    merged = Content()
    for each in contents:
        merged.files |= each.files
        merged.pictures |= each.pictures
    return merged


def _unpublish(page: Any) -> None:
    """Take it off the site, the schedule and the index; where it is a draft, off the schedule."""
    page.revisions.update(approved_go_live_at=None)
    if page.live:
        page.unpublish()


def _close_files(ids: set[int]) -> list[int]:
    """Put files where nobody but an administrator opens them, and take them out of the index."""
    files = list(get_document_model().objects.filter(pk__in=ids).order_by("pk"))
    if not files:
        return []
    collection = Collection.objects.filter(name=CLOSED).first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=CLOSED)
    CollectionViewRestriction.objects.get_or_create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    for file in files:
        file.collection = collection
        file.save()
    numbers = [file.pk for file in files]
    withdraw("file", numbers)
    refresh("file", numbers)  # for administrators, who still find what they have to look into
    return numbers


def _drop_renditions(ids: set[int]) -> list[int]:
    """Delete the resized copies: the web server hands them out to whoever has the address."""
    pictures = list(get_image_model().objects.filter(pk__in=ids).order_by("pk"))
    for picture in pictures:
        for rendition in picture.renditions.all():
            transaction.on_commit(partial(rendition.file.storage.delete, rendition.file.name))
            rendition.delete()  # its own file it would leave to the worker, which may be stopped
    return [picture.pk for picture in pictures]


def _stop_mails(versions: Iterable[Any]) -> int:
    """Take mails that name these pages out of the queue; return how many."""
    marks = [mark for page in versions for mark in (page.title, page.url or page.title)]
    waiting = DBTaskResult.objects.filter(status="READY", task_path=deliver.module_path)
    stopped = [task.pk for task in waiting if any(mark in str(task.args_kwargs) for mark in marks)]
    DBTaskResult.objects.filter(pk__in=stopped).delete()
    return len(stopped)
