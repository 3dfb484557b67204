"""An editor uploads: the worker reads the file, and the editor sees what came of it."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from library.making import markdown_to_pdf
from library.models import LibraryFile, TextStatus
from search.models import Passage
from tests.members.people import superuser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor(client):
    client.force_login(superuser("editor@example.org"))
    return client


def upload(editor, name, content, url=None):
    from wagtail.models import Collection

    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    data = {
        "title": "An upload",
        "file": SimpleUploadedFile(name, content),
        "collection": Collection.get_first_root_node().pk,
    }
    return editor.post(url or reverse("wagtaildocs:add"), data, follow=True)


def work():
    call_command("db_worker", batch=True, interval=0.1, startup_delay=False, reload=False)


def test_an_upload_is_read_by_the_worker(editor, guide):
    upload(editor, "guide.pdf", markdown_to_pdf(guide, "Guide"))
    file = LibraryFile.objects.get()
    assert file.text_status == TextStatus.PENDING
    assert not Passage.objects.filter(document__key=f"file:{file.pk}").exists()
    work()
    file.refresh_from_db()
    assert (file.text_status, file.language) == (TextStatus.READY, "en")
    assert Passage.objects.filter(document__key=f"file:{file.pk}").exists()
    form = editor.get(reverse("wagtaildocs:edit", args=[file.pk]))
    assert "text available" in form.content.decode()


def test_a_replaced_file_is_read_again(editor, guide):
    upload(editor, "guide.pdf", markdown_to_pdf(guide, "Guide"))
    work()
    file = LibraryFile.objects.get()
    url = reverse("wagtaildocs:edit", args=[file.pk])
    upload(editor, "guide.pdf", markdown_to_pdf("Quite another text.", "Guide"), url)
    file.refresh_from_db()
    assert file.text_status == TextStatus.PENDING
    work()
    assert [section.text for section in file.sections.all()] == ["Quite another text."]


def test_changing_the_title_does_not_read_again(editor, guide):
    upload(editor, "guide.pdf", markdown_to_pdf(guide, "Guide"))
    work()
    file = LibraryFile.objects.get()
    file.title = "A better title"
    file.save()
    assert file.text_status == TextStatus.READY
    assert Passage.objects.filter(document__title="A better title").exists()


def test_a_type_that_is_not_taken_is_refused_with_a_clear_message(editor):
    response = upload(editor, "page.html", b"<script>alert(1)</script>")
    assert "Allowed extensions are: pdf, docx" in response.content.decode()
    assert not LibraryFile.objects.exists()


def test_a_mistyped_upload_is_kept_and_its_editor_told_why(editor):
    upload(editor, "program.pdf", b"MZ" + bytes(100))
    work()
    file = LibraryFile.objects.get()
    for url in (reverse("wagtaildocs:edit", args=[file.pk]), reverse("file_texts")):
        assert "not what its name says" in editor.get(url).content.decode()


def test_the_report_lists_files_without_text(editor, guide):
    upload(editor, "program.pdf", b"MZ" + bytes(100))
    work()
    page = editor.get(reverse("file_texts"), {"text_status": "unavailable"}).content.decode()
    assert "An upload" in page
    page = editor.get(reverse("file_texts_results"), {"text_status": "ready"}).content.decode()
    assert "An upload" not in page


def test_the_report_is_closed_to_whoever_may_change_no_file(client):
    user = get_user_model().objects.create_user(email="reader@example.org", password="x")
    client.force_login(user)
    assert client.get(reverse("file_texts")).status_code in {302, 403}
