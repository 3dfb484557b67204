"""Comments and tracked changes: nobody else reads them before a person has said so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from core.publication import PublicationBlocked
from library.extract import read_file
from library.importing import Details, keep
from library.models import LibraryFile
from library.searchable import FileSource
from safeguarding.acts import sign_off
from safeguarding.gate import check
from safeguarding.models import SignOff
from search.models import IndexedDocument
from search.viewer import ANYONE
from tests.library.planted.word import plain_docx, planted_docx
from tests.members.people import secretariat
from tests.safeguarding.pages import draft, latest

pytestmark = pytest.mark.django_db
REVISED = plain_docx(revised=True)


@pytest.fixture
def revised():
    return keep("report.docx", REVISED, Details(title="A report"))[0]


@pytest.fixture
def office(client):
    person = secretariat()
    client.force_login(person)
    client.person = person
    return client


def is_public(file):
    """Whether a stranger opens it and finds it; both or none of it must be so."""
    stranger, indexed = Client(), IndexedDocument.objects.filter(key=f"file:{file.pk}")
    told = {
        stranger.get(file.url).status_code == 200,
        stranger.get(reverse("library:file", args=[file.pk])).status_code == 200,
        bool(FileSource().shown([str(file.pk)], ANYONE, "en")),
        indexed.filter(withdrawn=False).exists(),
    }
    assert len(told) == 1
    return told.pop()


def save(office, stored, **data):
    url = reverse("wagtaildocs:edit", args=[stored.pk])
    collection = Collection.get_first_root_node().pk
    answer = office.post(url, {"title": stored.title, "collection": collection, **data})
    stored.refresh_from_db()
    read_file(stored)
    return answer


def test_a_file_with_comments_is_withheld_and_one_without_is_not(revised):
    assert (revised.withheld, revised.revisions) == ("revisions", "comments")
    assert not is_public(revised)
    clean = keep("clean.docx", plain_docx(), Details(title="Another"))[0]
    assert (clean.withheld, clean.revisions) == ("", "")
    assert is_public(clean)


def test_its_editor_is_told_and_may_acknowledge_them(office, revised):
    form = office.get(reverse("wagtaildocs:edit", args=[revised.pk])).content.decode()
    assert "comments or tracked changes" in form
    assert "Why everybody may read" in form
    save(office, revised, acknowledged="The comments are the findings of the ministry.")
    assert is_public(revised)
    act = SignOff.objects.get()
    assert (act.by, act.kind, act.page_title) == (office.person, "revisions", "A report")
    form = office.get(reverse("wagtaildocs:edit", args=[revised.pk])).content.decode()
    assert "Why everybody may read" not in form


def test_saving_without_a_reason_opens_nothing(office, revised):
    save(office, revised, title="Another title")
    assert (revised.title, revised.withheld) == ("Another title", "revisions")
    assert "in a few words" in save(office, revised, acknowledged="Yes").content.decode()
    assert not is_public(revised)


def test_a_clean_copy_is_public_at_once(office, revised):
    save(office, revised, file=SimpleUploadedFile("report.docx", plain_docx()))
    assert is_public(revised)
    assert not SignOff.objects.exists()


def test_another_content_is_asked_about_anew(office, revised):
    save(office, revised, acknowledged="The comments are the findings of the ministry.")
    save(office, revised, file=SimpleUploadedFile("report.docx", REVISED))
    assert is_public(revised)  # the same content: it was acknowledged
    other = SimpleUploadedFile("report.docx", planted_docx(revised=True))
    save(office, revised, file=other, acknowledged="Said of a content that nobody has seen.")
    assert revised.withheld == "revisions"
    assert not is_public(revised)


def test_a_page_that_links_to_it_waits_for_a_sign_off_which_opens_the_file(revised):
    page = draft(("download", {"file": revised.pk, "note": ""}))
    (finding,) = (each for each in check(page).open if each.kind == "revisions")
    assert finding.found == ("comments",)
    with pytest.raises(PublicationBlocked):
        page.get_latest_revision().publish()
    sign_off(latest(page), check(page).open, secretariat(), "Looked at and harmless.")
    page.get_latest_revision().publish()
    revised.refresh_from_db()
    assert is_public(LibraryFile.objects.get(pk=revised.pk))
