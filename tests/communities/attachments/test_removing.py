"""What is taken back leaves nothing: no row, nothing in the search, nothing on the disk."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone

from communities.attachments.removing import take_off
from communities.models import Attachment, Post
from search.models import IndexedDocument, Passage

pytestmark = pytest.mark.django_db
DAY = 24 * 60 * 60


def in_the_search(file):
    key = f"attachment:{file.pk}"
    return IndexedDocument.objects.filter(key=key, withdrawn=False).exists()


def test_the_files_of_a_post_go_with_the_commit(post, file, django_capture_on_commit_callbacks):
    path = Path(file.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        take_off(post)
        assert path.exists()  # the transaction may still be rolled back
        assert not Attachment.objects.exists()
        assert not in_the_search(file)
    assert not path.exists()
    assert not Passage.objects.filter(document__key=f"attachment:{file.pk}").exists()


def test_a_deleted_thread_takes_its_files_along(thread, file, django_capture_on_commit_callbacks):
    path = Path(file.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        thread.delete()
    assert (path.exists(), in_the_search(file)) == (False, False)


def test_a_deleted_community_takes_its_files_along(group, file, django_capture_on_commit_callbacks):
    path = Path(file.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        group.delete()
    assert (path.exists(), in_the_search(file)) == (False, False)


def old_file(name, age):
    store = storages["private"]
    stored = store.save(f"communities/{name}", ContentFile(b"Nobody's"))
    os.utime(store.path(stored), (time.time() - age,) * 2)
    return Path(store.path(stored))


def test_what_was_left_behind_is_deleted_and_nothing_else(post, file, capsys):
    lost, fresh = old_file("lost", 2 * DAY), old_file("fresh", 60)
    call_command("prune_attachments")
    assert (lost.exists(), fresh.exists(), Path(file.file.path).exists()) == (False, True, True)
    fresh.unlink()
    Post.objects.filter(pk=post.pk).update(withdrawn_at=timezone.now())
    call_command("prune_attachments")
    assert not Attachment.objects.exists()
    assert "1 files deleted" in capsys.readouterr().out


def test_there_may_be_nothing_to_delete(db, capsys):
    call_command("prune_attachments")
    assert "files deleted" in capsys.readouterr().out
