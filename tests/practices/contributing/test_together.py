"""Several people write at one practice: told of each other, merged, asked where they clash."""

import datetime
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession

from practices.contributing.saving import save_draft
from tests.kept import kept
from tests.members.people import representative
from tests.practices.contributing.writing import draft, filled, newest, publish

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@kept
def colleague(db):
    """The representative of the same country, and a browser."""
    person = representative("GEO")
    client = Client()
    client.force_login(person)
    return client, person


def edit(page):
    return reverse("contribute-edit", args=[page.pk])


def test_changes_to_different_parts_are_both_kept(writing, writer, colleague):
    page = draft(writer, problem="<p>Old.</p>", results="<p>Old.</p>")
    mine, theirs = filled(writing.get(edit(page))), filled(colleague[0].get(edit(page)))
    colleague[0].post(edit(page), theirs | {"results": ["Theirs."]})
    answer = writing.post(edit(page), mine | {"problem": ["Mine."]}, follow=True)
    assert newest(page).problem == "<p>Mine.</p>"
    assert newest(page).results == "<p>Theirs.</p>"
    assert "“Results” meanwhile; both are kept" in answer.content.decode()


def test_changes_to_the_same_part_are_for_a_person_to_decide(writing, writer, colleague):
    page = draft(writer, problem="<p>Old.</p>")
    mine, theirs = filled(writing.get(edit(page))), filled(colleague[0].get(edit(page)))
    colleague[0].post(edit(page), theirs | {"problem": ["Theirs."]})
    answer = writing.post(edit(page), mine | {"problem": ["Mine."], "cost": ["Little."]})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Mine." in text
    assert "Theirs." in text
    assert newest(page).problem == "<p>Theirs.</p>"
    assert newest(page).cost == ""


@pytest.mark.parametrize(("take", "kept"), [("mine", "<p>Mine.</p>"), ("theirs", "<p>Theirs.</p>")])
def test_what_is_chosen_is_saved_with_the_rest(writing, writer, colleague, take, kept):
    page = draft(writer, problem="<p>Old.</p>")
    mine, theirs = filled(writing.get(edit(page))), filled(colleague[0].get(edit(page)))
    colleague[0].post(edit(page), theirs | {"problem": ["Theirs."], "duration": ["A year."]})
    answer = writing.post(edit(page), mine | {"problem": ["Mine."], "results": ["Mine, too."]})
    again = filled_plain(answer) | {"take-problem": take}
    assert writing.post(edit(page), again).status_code == 302
    assert newest(page).problem == kept
    assert newest(page).results == "<p>Mine, too.</p>"
    assert newest(page).duration == "A year."


def filled_plain(answer):
    """What the page of a clash carries along."""
    return filled(
        FakeAnswer(answer.content.replace(b"<form method", b'<form class="writing" method'))
    )


class FakeAnswer:
    def __init__(self, content):
        self.content = content


def test_the_same_words_twice_are_no_clash(writing, writer, colleague):
    page = draft(writer)
    mine, theirs = filled(writing.get(edit(page))), filled(colleague[0].get(edit(page)))
    colleague[0].post(edit(page), theirs | {"problem": ["The same."]})
    assert writing.post(edit(page), mine | {"problem": ["The same."]}).status_code == 302


def test_two_windows_of_one_person_clash_as_well(writing, writer):
    page = draft(writer)
    one, two = filled(writing.get(edit(page))), filled(writing.get(edit(page)))
    writing.post(edit(page), one | {"problem": ["One."]}, **JSON)
    assert writing.post(edit(page), two | {"problem": ["Two."]}).status_code == 409


def test_a_script_is_told_of_a_clash_and_saves_nothing(writing, writer, colleague):
    page = draft(writer)
    mine = filled(writing.get(edit(page)))
    save_draft(page, colleague[1], {"problem": "<p>Theirs.</p>"})
    answer = writing.post(edit(page), mine | {"problem": ["Mine."]}, **JSON)
    assert answer.status_code == 409
    assert "Representative of GEO" in answer.json()["clash"]
    assert newest(page).problem == "<p>Theirs.</p>"


def test_whoever_else_has_it_open_is_named_for_two_minutes(writing, writer, colleague):
    page = draft(writer)
    here = reverse("contribute-here", args=[page.pk])
    assert json.loads(writing.post(here).content)["others"] == ""
    assert "Member of GEO" in colleague[0].post(here).json()["others"]
    assert "Representative of GEO" in writing.get(edit(page)).content.decode()
    gone = timezone.now() - datetime.timedelta(minutes=3)
    EditingSession.objects.update(last_seen_at=gone)
    assert "Representative of GEO" not in writing.get(edit(page)).content.decode()


def test_looking_at_the_form_writes_nothing(writing, writer):
    page = draft(writer)
    writing.get(edit(page))
    assert not EditingSession.objects.exists()


def test_a_published_practice_is_merged_the_same_way(writing, writer, colleague):
    page = draft(writer, condition_legal="A law.")
    publish(page)
    mine, theirs = filled(writing.get(edit(page))), filled(colleague[0].get(edit(page)))
    colleague[0].post(edit(page), theirs | {"results": ["Theirs."]})
    writing.post(edit(page), mine | {"problem": ["Mine."]})
    page.refresh_from_db()
    assert (page.problem, page.results) == ("", "")
    assert newest(page).problem == "<p>Mine.</p>"
    assert newest(page).results == "<p>Theirs.</p>"
