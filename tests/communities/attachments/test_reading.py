"""The worker gives a file its words; members then find it by them, and nobody else does."""

import pytest
from django_tasks_db.models import DBTaskResult

from communities.attachments.reading import read
from communities.attachments.tasks import ask_for_what_was_not_read, read_attachment
from communities.models import Attachment
from search.models import IndexedDocument, Passage
from tests.communities import groups
from tests.communities.attachments import made
from tests.communities.attachments.conftest import attached

pytestmark = pytest.mark.django_db


def queued():
    return DBTaskResult.objects.filter(task_path=read_attachment.module_path)


def stored(thread, author, name, content):
    post = groups.reply(thread, author, attachments=attached(author, (name, content)))
    return post.attachments.get()


@pytest.mark.parametrize("name", ["report.pdf", "letter.docx", "table.xlsx"])
def test_a_document_is_read_and_indexed_for_its_community(group, thread, author, name):
    file = stored(thread, author, name, made.GOOD[name]())
    row = IndexedDocument.objects.get(key=f"attachment:{file.pk}")
    assert row.title == name  # its name is found at once
    read(file)
    file.refresh_from_db()
    assert (file.text_status, file.text_reason, file.language) == ("ready", "", "en")
    assert made.WORDS in " ".join(each["text"] for each in file.sections)
    row.refresh_from_db()
    assert row.audiences == [f"community:{group.pk}"]
    texts = Passage.objects.filter(document=row).values_list("text", flat=True)
    assert made.WORDS in " ".join(texts)
    assert file.page_count == (1 if name == "report.pdf" else None)


def test_a_table_is_read_sheet_by_sheet(thread, author):
    file = stored(thread, author, "table.xlsx", made.xlsx())
    read(file)
    file.refresh_from_db()
    assert file.sections == [
        {"heading": ["Counted"], "page": None, "text": made.WORDS},
        {"heading": ["Sources"], "page": None, "text": "Household survey (invented)"},
    ]


def test_it_is_read_by_the_worker_after_the_commit(
    thread, author, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        file = stored(thread, author, "report.pdf", made.pdf())
        assert not queued().exists()
    assert queued().get().args_kwargs["args"] == [file.pk]


def test_a_picture_waits_for_nobody(thread, author, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        file = stored(thread, author, "a.png", made.png())
    assert (file.text_status, queued().exists()) == ("ready", False)


def test_what_cannot_be_read_stays_as_a_file_with_a_reason(thread, author):
    file = stored(thread, author, "scan.pdf", made.pdf("Words."))
    file.file.storage.delete(file.file.name)
    read(file)
    file.refresh_from_db()
    assert (file.text_status, file.text_reason) == ("unavailable", "missing")
    assert IndexedDocument.objects.get(key=f"attachment:{file.pk}").title == "scan.pdf"


def test_a_file_that_is_gone_is_not_read(thread, author):
    file = stored(thread, author, "report.pdf", made.pdf())
    file.delete()
    read_attachment.func(file.pk)
    assert not Attachment.objects.exists()


def test_a_worker_that_starts_asks_for_what_was_forgotten(thread, author):
    file = stored(thread, author, "report.pdf", made.pdf())
    ask_for_what_was_not_read(True)
    ask_for_what_was_not_read(True)
    assert [task.args_kwargs["args"] for task in queued()] == [[file.pk]]
