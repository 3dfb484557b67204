"""An upload is cut short, or the disk is full while somebody writes (F06), and reading goes on."""

import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import Collection

from core.space import is_no_space
from library.making import markdown_to_pdf
from library.models import LibraryFile, TextStatus
from library.tasks import read_uploaded_file
from search.verification import problems
from tests import factories
from tests.members.people import superuser


@pytest.fixture
def editor(own_database, client):
    client.force_login(superuser("editor@example.org"))
    client.raise_request_exception = False
    return client


@pytest.fixture
def small_disk(settings, tmp_path):
    """Files are stored on a file system of 1 MB; returns its folder."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can mount a small file system to fill it")
    settings.MEDIA_ROOT = str(folder)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def upload(editor):
    data = {
        "title": "An upload",
        "file": SimpleUploadedFile("guide.pdf", markdown_to_pdf("# Guide\n\nA text.", "Guide")),
        "collection": Collection.get_first_root_node().pk,
    }
    return editor.post(reverse("wagtaildocs:add"), data)


def test_an_upload_without_room_is_refused_with_what_to_do_and_works_later(
    any_database, editor, small_disk
):
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 1024)
        except OSError as error:
            full = error
    assert is_no_space(full)
    answer = upload(editor)
    assert answer.status_code == 507
    assert "was not stored" in answer.content.decode()
    assert not LibraryFile.objects.exists()
    ballast.unlink()
    assert upload(editor).status_code == 302
    assert LibraryFile.objects.count() == 1


def test_a_file_whose_task_was_lost_is_read_by_the_next_worker(editor, processes):
    """The process was killed after it had stored the file, before it asked for its text."""
    assert upload(editor).status_code == 302
    DBTaskResult.objects.all().delete()
    assert LibraryFile.objects.get().text_status == TextStatus.PENDING
    processes.run("worker")
    assert LibraryFile.objects.get().text_status == TextStatus.READY
    processes.run("worker")
    read = DBTaskResult.objects.filter(task_path=read_uploaded_file.module_path)
    assert read.count() == 1
    assert list(problems()) == []


def test_a_full_database_reads_on_and_tells_who_writes(any_database, editor, processes):
    page = factories.plain_page("Lighthouse keepers")
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        answer = write_until_full(editor, page)
        assert answer.status_code == 507
        assert "was not stored" in answer.content.decode()
        found = editor.get("/en/search/?q=Lighthouse+keepers")
        assert found.status_code == 200
        assert "Lighthouse keepers" in found.content.decode()
        assert editor.get("/en/search/?q=best+pizza+recipe").status_code == 200
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1000000")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    page.summary = "There is room again."
    page.save_revision().publish()
    processes.run("worker")
    assert list(problems()) == []


def write_until_full(editor, page):
    address = reverse(
        "wagtailadmin_pages:add", args=["pages", "standardpage", page.get_parent().pk]
    )
    for turn in range(200):
        answer = editor.post(
            address,
            {
                "title": f"Page {turn}",
                "slug": f"page-{turn}",
                "summary": "x" * 300,
                "body-count": "0",
                "action-publish": "1",
                "comments-TOTAL_FORMS": "0",
                "comments-INITIAL_FORMS": "0",
            },
        )
        if answer.status_code not in (200, 302):
            return answer
    raise AssertionError("the database never became full")
