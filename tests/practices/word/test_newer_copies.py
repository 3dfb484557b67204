"""A newer copy of a practice in Word: compared, and saved where nobody is overwritten."""

import re

import pytest
from django.urls import reverse

from practices.models import PracticeIndexPage, PracticePage
from practices.word.fields import PracticeFields
from practices.word.pages import fields_of
from tests import factories
from tests.members.people import representative
from tests.practices.word.files import changed
from tests.practices.word.sending import SMALL, file_of, held, mine, save, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(vocabulary):
    return factories.index(PracticeIndexPage)


def test_a_newer_copy_is_compared_and_becomes_the_next_version(client):
    author = representative("GEO")
    page = mine(author, contact="An old office")
    client.force_login(author)
    content = client.get(reverse("contribute-word-draft", args=[page.pk])).content

    def edit(document):
        row = next(r for t in document.tables for r in t.rows if "px:contact" in r.cells[0]._tc.xml)
        row.cells[1].paragraphs[0].text = "A new office"

    look = send(client, changed(content, edit))
    text = look.content.decode()
    assert re.search(r"<del>.*old", text)
    assert re.search(r"<ins>.*new", text)
    before = page.revisions.count()
    assert save(client, look).url == reverse("contribute-edit", args=[page.pk])
    assert page.revisions.count() == before + 1
    newest = PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert newest.contact == "A new office"
    assert newest.title == page.title
    assert PracticePage.objects.count() == 1


def test_an_unchanged_copy_changes_nothing(client):
    author = representative("GEO")
    page = mine(author)
    client.force_login(author)
    content = client.get(reverse("contribute-word-draft", args=[page.pk])).content
    look = send(client, content, page)
    assert "The file says the same as the practice" in look.content.decode()
    count = page.revisions.count()
    save(client, look)
    assert page.revisions.count() == count


def test_a_copy_of_a_live_practice_leaves_what_is_public_as_it_is(client):
    author = representative("GEO")
    page = factories.practice("A public invention", countries=["GEO"], contact="An old office")
    page.owner = author
    page.save()
    client.force_login(author)
    fields = fields_of(page)
    content = file_of(PracticeFields(title=fields.title, contact="A new office"))
    assert save(client, send(client, content, page)).status_code == 302
    page.refresh_from_db()
    assert (page.live, page.contact) == (True, "An old office")
    assert page.has_unpublished_changes


def test_what_others_saved_meanwhile_is_shown_before_anything_is_overwritten(client):
    author = representative("GEO")
    page = mine(author, contact="An old office")
    client.force_login(author)
    look = send(client, file_of(PracticeFields(title=page.title, contact="Mine")), page)
    newer = page.get_latest_revision_as_object()
    newer.contact = "Theirs"
    newer.save_revision()
    clash = save(client, look)
    assert clash.status_code == 409
    assert "Theirs" in clash.content.decode()
    assert PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object().contact == "Theirs"
    assert save(client, clash).status_code == 302
    assert PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object().contact == "Mine"


def test_a_copy_of_a_practice_of_others_becomes_a_new_one_at_most(client):
    page = mine(representative("GEO"))
    client.force_login(representative("MAR"))
    look = send(client, file_of(SMALL, f"PX-{page.pk}-1"))
    assert page.title not in look.content.decode()
    save(client, look)
    page.refresh_from_db()
    assert page.title == "A draft of ours"
    assert PracticePage.objects.count() == 2
    assert client.get(reverse("contribute-word-newer", args=[page.pk])).status_code == 404
    assert send(client, file_of(SMALL), page).status_code == 404


def test_what_was_held_for_another_or_changed_is_not_saved(client):
    client.force_login(representative("GEO"))
    look = held(send(client, file_of(SMALL)))
    url = reverse("contribute-word-save")
    assert client.post(url, look | {"held": look["held"][:-3] + "abc"}).status_code == 400
    assert client.post(url, {}).status_code == 400
    client.force_login(representative("GEO", email="other@example.org"))
    assert client.post(url, look).status_code == 400
    assert not PracticePage.objects.exists()
