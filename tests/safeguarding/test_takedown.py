"""An emergency: one command, and it is gone everywhere (G22)."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from core.mail import deliver
from library.extract import read_file
from library.importing import Details, keep
from library.making import markdown_to_docx
from safeguarding.gate import check
from safeguarding.models import Takedown
from safeguarding.passages import content_of
from search.models import IndexedDocument
from tests.safeguarding.pages import answer, author, draft, picture, text

pytestmark = pytest.mark.django_db

WORD = "Kestrelbury"


def word_file(words):
    content = markdown_to_docx(words, words, "en")
    file, _new = keep(f"{words}.docx", content, Details(title=words, language="en"))
    read_file(file)
    return file


def published(*blocks, slug="page"):
    page = draft(*blocks, slug=slug)
    for each in check(page).open:
        answer(each, author())
    page.get_latest_revision().publish()
    return type(page).objects.get(pk=page.pk)


def takedown(page, **options):
    out = StringIO()
    call_command("takedown", page.pk, stdout=out, **options)
    return out.getvalue()


def test_page_file_copies_and_hits_are_gone_at_once(client):
    mine, shared, shown = word_file(WORD), word_file(f"{WORD}s"), picture()
    page = published(
        text(WORD),
        ("download", {"file": mine.pk, "note": ""}),
        ("download", {"file": shared.pk, "note": ""}),
        ("figure", {"image": shown.pk, "alt": "A desk"}),
    )
    published(("download", {"file": shared.pk, "note": ""}), slug="other")
    address, copy = page.url, shown.get_rendition("max-320x320")
    stored = Path(copy.file.path)
    assert client.get(address).status_code == 200
    assert client.get(f"/en/files/{mine.pk}/").status_code == 200
    assert WORD in client.get(f"/en/search/?q={WORD}").content.decode()
    said = takedown(page, reason="Asked for", by="Secretariat")
    assert str(page.pk) in said
    assert client.get(address).status_code == 404
    assert client.get(f"/p/{page.pk}/", follow=True).status_code == 404
    assert client.get(f"/en/files/{mine.pk}/").status_code == 404
    assert client.get(mine.url).status_code == 404
    assert client.get(f"/en/files/{shared.pk}/").status_code == 200
    assert not shown.renditions.exists()
    hits = client.get(f"/api/v1/search/?q={WORD}").content.decode()
    assert f"/files/{mine.pk}/" not in hits
    assert address not in hits
    gone = IndexedDocument.objects.filter(withdrawn=False, key__endswith=f":{page.pk}")
    assert not gone.filter(key__startswith="page").exists()
    logged = Takedown.objects.get()
    assert (logged.reason, logged.by_name, logged.report["files"]) == (
        "Asked for", "Secretariat", [mine.pk],
    )  # fmt: skip
    assert stored.name
    # What must be looked into is still there.
    assert type(page).objects.get(pk=page.pk).body
    assert content_of(type(page).objects.get(pk=page.pk)).files


def test_the_copies_are_deleted_from_the_disk(django_capture_on_commit_callbacks):
    shown = picture()
    page = published(("figure", {"image": shown.pk, "alt": "A desk"}))
    stored = Path(shown.get_rendition("max-320x320").file.path)
    assert stored.exists()
    with django_capture_on_commit_callbacks(execute=True):
        takedown(page)
    assert not stored.exists()
    assert Path(shown.file.path).exists()


def test_aliases_and_the_schedule_go_along():
    page = published(text(WORD))
    alias = page.create_alias(update_slug="alias")
    page.go_live_at = timezone.now() + timezone.timedelta(hours=1)
    page.save_revision().publish()
    takedown(page)
    assert not Page.objects.filter(pk__in=[page.pk, alias.pk], live=True).exists()
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()


@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_mails_that_name_it_do_not_leave():
    page = published(text(WORD))
    deliver.enqueue("a@example.org", "Published", f"See {page.title}", "", {})
    deliver.enqueue("b@example.org", "Another", "Something else", "", {})
    takedown(page)
    left = DBTaskResult.objects.filter(status="READY", task_path=deliver.module_path)
    assert ["b@example.org" in str(task.args_kwargs) for task in left] == [True]


def test_again_is_no_error_and_a_wrong_number_is_told():
    page = published(text(WORD))
    takedown(page)
    takedown(page)
    with pytest.raises(CommandError, match="There is no page 999999"):
        call_command("takedown", 999_999)
