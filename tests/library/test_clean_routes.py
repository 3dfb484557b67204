"""By whatever way a file comes, it is stored and served without its authors."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Collection

from library.clean import clean_stored
from library.extract import read_file
from library.importing import Details, keep
from library.models import LibraryFile, TextStatus
from library.tasks import ask_for_what_was_not_read
from tests.factories import home, practice
from tests.library.planted.author import names_in
from tests.library.planted.pdf import planted_pdf
from tests.library.planted.word import planted_docx
from tests.members.people import superuser

pytestmark = pytest.mark.django_db
MADE = {"pdf": planted_pdf, "docx": planted_docx}


@pytest.fixture(params=MADE)
def upload(request):
    """(name, content) of a file with its author's name all over it."""
    return f"report.{request.param}", MADE[request.param]()


@pytest.fixture
def editor(client):
    client.force_login(superuser("editor@example.org"))
    return client


def by_the_form(editor, name, content, tmp_path):
    data = {"title": "A report", "file": SimpleUploadedFile(name, content)}
    editor.post(reverse("wagtaildocs:add"), data | _collection())


def by_the_form_for_many(editor, name, content, tmp_path):
    url = reverse("wagtaildocs:add_multiple")
    data = {"files[]": SimpleUploadedFile(name, content), "title": "A report"}
    answer = editor.post(url, data | _collection(), headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json()["success"], answer.json()


def by_a_chooser(editor, name, content, tmp_path):
    data = {
        "document-chooser-upload-title": "A report",
        "document-chooser-upload-file": SimpleUploadedFile(name, content),
        "document-chooser-upload-collection": Collection.get_first_root_node().pk,
    }
    editor.post(reverse("wagtaildocs_chooser:create"), data)


def by_replacing(editor, name, content, tmp_path):
    file = LibraryFile(title="A report", file=ContentFile(b"%PDF-1.4", name="old.pdf"))
    file.save()
    data = {"title": "A report", "file": SimpleUploadedFile(name, content)}
    editor.post(reverse("wagtaildocs:edit", args=[file.pk]), data | _collection())


def by_an_import(editor, name, content, tmp_path):
    (tmp_path / name).write_bytes(content)
    call_command("import_documents", str(tmp_path / name), stdout=StringIO())


def by_a_program(editor, name, content, tmp_path):
    LibraryFile.objects.create(title="A report", file=ContentFile(content, name=name))


def by_a_program_in_two_steps(editor, name, content, tmp_path):
    LibraryFile(title="A report").file.save(name, ContentFile(content))


def for_a_page(editor, name, content, tmp_path):
    page = practice(draft=True)
    LibraryFile.attach(page, None, SimpleUploadedFile(name, content))


ROUTES = [
    *(by_the_form, by_the_form_for_many, by_a_chooser, by_replacing, by_an_import),
    *(by_a_program, by_a_program_in_two_steps, for_a_page),
]


def _collection():
    return {"collection": Collection.get_first_root_node().pk}


@pytest.mark.parametrize("route", ROUTES, ids=[route.__name__ for route in ROUTES])
def test_what_is_stored_and_served_names_no_author(editor, upload, tmp_path, route):
    name, content = upload
    assert names_in(content)
    route(editor, name, content, tmp_path)
    file = LibraryFile.objects.get()
    with file.open_file() as stored:
        kept = stored.read()
    assert names_in(kept) == set()
    served = editor.get(file.url)
    assert b"".join(served.streaming_content) == kept
    assert (file.file_size, file.withheld) == (len(kept), "")
    before = file.file_hash
    file._set_file_hash()
    assert file.file_hash == before


def test_nothing_is_left_beside_it(editor, upload, settings, tmp_path):
    name, content = upload
    settings.MEDIA_ROOT = tmp_path / "media"
    by_the_form_for_many(editor, name, content, tmp_path)
    stored = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert len(stored) == 1


def test_the_same_file_comes_in_once(upload):
    name, content = upload
    first, is_new = keep(name, content, Details())
    again, is_new_again = keep(f"copy-of-{name}", content, Details())
    assert (is_new, is_new_again) == (True, False)
    assert first == again


@pytest.fixture
def of_before(upload):
    """A file as it was stored before files were cleaned."""
    name, content = upload
    file = LibraryFile.objects.create(title="x", file=ContentFile(content, name=name))
    file.file.storage.delete(file.file.name)
    file.file.storage.save(file.file.name, ContentFile(content))
    LibraryFile.objects.filter(pk=file.pk).update(withheld="unclean", file_hash="", text_hash="y")
    return LibraryFile.objects.get(pk=file.pk)


def test_what_was_stored_before_is_withheld_until_it_is_cleaned(client, of_before):
    assert client.get(of_before.url).status_code == 404
    url = of_before.url
    read_file(of_before)
    of_before.refresh_from_db()
    assert of_before.url == url
    assert (of_before.withheld, of_before.text_status) == ("", TextStatus.READY)
    assert names_in(b"".join(client.get(url).streaming_content)) == set()
    mode = of_before.file.storage.get_created_time(of_before.file.name)
    clean_stored(of_before)
    assert of_before.file.storage.get_created_time(of_before.file.name) == mode


def test_the_worker_begins_with_what_was_stored_before(of_before):
    from django_tasks_db.models import DBTaskResult

    LibraryFile.objects.update(text_status=TextStatus.READY, text_hash="", file_hash="")
    DBTaskResult.objects.all().delete()
    ask_for_what_was_not_read(True)
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[of_before.pk]]


def test_a_lost_file_stays_withheld(of_before):
    of_before.file.storage.delete(of_before.file.name)
    clean_stored(of_before)
    of_before.refresh_from_db()
    assert of_before.withheld == "missing"


def test_what_could_not_be_cleaned_is_nobodys_but_its_editors(client, add_file, bad_files):
    file = add_file("password.pdf", bad_files["password.pdf"][0])
    assert "without the password" in file.withheld_state
    home()
    assert client.get(file.url).status_code == 404
    client.force_login(superuser())
    assert client.get(file.url).status_code == 200
    form = client.get(reverse("wagtaildocs:edit", args=[file.pk])).content.decode()
    assert "Withheld" in form
    assert "without the password" in client.get(reverse("file_texts")).content.decode()
