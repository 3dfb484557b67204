"""Going back to an earlier version: a new draft with the old words, and nothing lost."""

import datetime
import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from core.models import SourceDocument
from guidance.models import IndicatorPage
from practices.contributing.going_back import SAID, said
from practices.contributing.saving import save_draft
from practices.contributing.told import told
from practices.models import PracticePage
from reviewing.digest import text_digest
from reviewing.workflow import ensure_workflow
from tests import factories
from tests.kept import kept
from tests.members.people import member, person, representative, secretariat
from tests.practices.contributing.writing import draft, filled, newest, publish
from users.models import Institution

pytestmark = pytest.mark.django_db


def address(page, version):
    return reverse("contribute-go-back", args=[page.pk, getattr(version, "pk", version)])


def first_of(page):
    return page.revisions.earliest("pk")


def shown(answer):
    """What the button of a page sends."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def go_back(client, page, version):
    """As a person does it: look, then press."""
    url = address(page, version)
    return client.post(url, shown(client.get(url).content.decode()))


@kept
def changed(writer):
    """A draft in two versions."""
    page = draft(writer, problem="<p>As it was.</p>", cost="Little.")
    save_draft(page, writer, {"problem": "<p>As it is.</p>", "results": "<p>Many.</p>"})
    page.refresh_from_db()
    return page


def test_what_would_change_is_shown_and_nothing_is_done_yet(writing, changed):
    answer = writing.get(address(changed, first_of(changed))).content.decode()
    assert 'id="problem"' in answer
    assert 'id="results"' in answer
    assert 'id="cost"' not in answer
    assert changed.revisions.count() == 2
    assert newest(changed).problem == "<p>As it is.</p>"


def test_the_old_words_are_a_new_draft_and_every_version_is_kept(writing, changed):
    before = list(changed.revisions.order_by("pk").values())
    answer = go_back(writing, changed, first_of(changed))
    assert answer.url == reverse("contribute-edit", args=[changed.pk])
    assert newest(changed).problem == "<p>As it was.</p>"
    assert newest(changed).results == ""
    after = list(changed.revisions.order_by("pk").values())
    assert after[:-1] == before


def test_one_comes_back_from_there_in_the_same_way(writing, changed):
    was_newest = changed.latest_revision
    go_back(writing, changed, first_of(changed))
    go_back(writing, changed, was_newest)
    assert newest(changed).results == "<p>Many.</p>"
    assert changed.revisions.count() == 4


def test_the_log_says_who_went_back_and_to_which_version(writing, writer, changed):
    first = first_of(changed)
    go_back(writing, changed, first)
    entry = PageLogEntry.objects.filter(page=changed.pk, action="wagtail.revert").get()
    assert entry.user == writer
    assert entry.data["revision"]["id"] == first.pk
    assert entry.revision_id == PracticePage.objects.get(pk=changed.pk).latest_revision_id
    assert str(first.pk) in entry.message


EVERYTHING = {
    "summary": "Invented.",
    "organisation": "An office (invented)",
    "year_from": 2019,
    "year_to": 2021,
    "countries": ["GEO", "CHL"],
    "themes": ["transit", "return"],
    "problem": '<p>Nobody <b>knew</b>: see <a href="https://example.org/">this</a>.</p>',
    "institutions": [
        {"type": "institution", "value": {"body": "Ministry (invented)", "role": "Leads"}}
    ],
    "steps": [{"type": "step", "value": {"title": "Ask", "text": "<ul><li>All</li></ul>"}}],
    "results": "<p>Many.</p>",
    "what_failed": "<p>Too fast.</p>",
    "condition_legal": "A law.",
    "building_blocks": [
        {"type": "building_block", "value": {"title": "A form", "text": "<p>On paper.</p>"}}
    ],
    "tables": [
        {
            "type": "table",
            "value": {
                "caption": "Numbers (invented)",
                "section": "results",
                "table": {
                    "data": [["Year", "Cases"], ["2020", "12"]],
                    "table_header_choice": "row",
                },
            },
        }
    ],
    "cost": "Little.",
    "duration": "A year.",
    "contact": "The office",
    "voice": "institution",
    "languages": "English",
}


@kept
def full(writer):
    """A practice that says something in every field, and then says nothing of it any more."""
    for code in ("GEO", "CHL"):
        factories.country(code)
    for code in ("transit", "return"):
        factories.theme(code)
    indicator = IndicatorPage(title="An indicator (invented)", slug="indicator", area="education")
    factories.publish(indicator, factories.home())
    body = Institution.objects.create(slug="led", name="It led (invented)", kind="ministry")
    document = SourceDocument.objects.create(title="A report (invented)")
    page = draft(
        writer,
        **{**EVERYTHING, "lead_institution": body, "indicators": [indicator]},
        sources=[{"document": document, "place": "p. 3", "page_number": 3}],
    )
    empty = dict.fromkeys(("summary", "organisation", "problem", "results", "what_failed"), "")
    empty |= {name: [] for name in ("countries", "themes", "indicators", "sources", "steps")}
    empty |= {name: [] for name in ("institutions", "building_blocks", "tables")}
    empty |= {"title": "Another", "year_from": None, "year_to": None, "voice": "personal"}
    empty |= dict.fromkeys(("condition_legal", "cost", "duration", "contact", "languages"), "")
    save_draft(page, writer, {**empty, "lead_institution": None})
    page.refresh_from_db()
    return page


def test_all_that_it_said_comes_back(writing, full):
    first = first_of(full)
    then = first.as_object()
    assert all(told(then, name) != told(newest(full), name) for name in (*EVERYTHING, "sources"))
    go_back(writing, full, first)
    now = newest(full)
    assert {name: told(now, name) for name in SAID} == {name: told(then, name) for name in SAID}
    assert now.tables[0].value["table"]["data"] == [["Year", "Cases"], ["2020", "12"]]
    assert text_digest(now) == text_digest(then)
    assert PracticePage.objects.get(pk=full.pk).draft_title == then.title


def test_what_it_does_not_say_stays_as_it_is(writing, writer, changed):
    save_draft(
        changed, writer, {"last_confirmed": datetime.date(2024, 5, 1), "external_id": "geo-1"}
    )
    changed.refresh_from_db()
    go_back(writing, changed, first_of(changed))
    now = newest(changed)
    assert (str(now.last_confirmed), now.external_id, now.owner) == ("2024-05-01", "geo-1", writer)


def test_what_is_no_more_on_the_site_is_left_out(writing, full):
    IndicatorPage.objects.get().delete()
    Institution.objects.filter(slug="led").delete()
    SourceDocument.objects.all().delete()
    go_back(writing, full, first_of(full))
    now = newest(full)
    assert now.problem == EVERYTHING["problem"]
    assert not now.lead_institution_id
    assert not now.indicators.all()
    assert not now.sources.all()


def test_readers_see_the_same_until_somebody_publishes(writing, writer):
    page = draft(writer, problem="<p>As it was.</p>", condition_legal="A law.")
    first = page.latest_revision_id
    save_draft(page, writer, {"problem": "<p>As it is.</p>"})
    publish(page)
    go_back(writing, page, first)
    page.refresh_from_db()
    assert page.problem == "<p>As it is.</p>"
    assert page.live
    assert page.has_unpublished_changes
    assert b"As it is." in Client().get(page.get_url()).content


def test_a_second_press_does_nothing_more(writing, changed):
    url = address(changed, first_of(changed))
    data = shown(writing.get(url).content.decode())
    writing.post(url, data)
    answer = writing.post(url, data, follow=True)
    assert b"The newest version says the same already" in answer.content
    assert changed.revisions.count() == 3


def test_where_nothing_differs_there_is_no_button(writing, changed):
    answer = writing.get(address(changed, changed.latest_revision_id)).content
    assert b"says the same already" in answer
    assert b'name="seen"' not in answer
    assert b'name="seen"' in writing.get(address(changed, first_of(changed))).content


# Others write at the same time.


@kept
def colleague(db):
    user = representative("GEO")
    client = Client()
    client.force_login(user)
    return client, user


def test_what_others_saved_meanwhile_is_shown_before_anything_is_done(
    writing, writer, colleague, changed
):
    url = address(changed, first_of(changed))
    data = shown(writing.get(url).content.decode())
    save_draft(changed, colleague[1], {"duration": "Theirs."})
    answer = writing.post(url, data)
    assert answer.status_code == 409
    told_ = answer.content.decode()
    assert "Representative of GEO (invented) changed “Cost and time” meanwhile" in told_
    assert newest(changed).duration == "Theirs."
    assert writing.post(url, shown(told_)).status_code == 302
    assert newest(changed).duration == ""


def test_a_table_saved_meanwhile_is_noticed_as_well(writing, colleague, changed):
    url = address(changed, first_of(changed))
    data = shown(writing.get(url).content.decode())
    save_draft(changed, colleague[1], {"tables": EVERYTHING["tables"]})
    answer = writing.post(url, data)
    assert answer.status_code == 409
    assert "Look at the differences again" in answer.content.decode()
    assert len(newest(changed).tables) == 1


@pytest.mark.parametrize("data", [{}, {"seen": "0-0"}, {"seen": "x" * 5000, "was-problem": "\x00"}])
def test_nothing_is_done_for_whoever_has_not_seen_it(writing, changed, data):
    answer = writing.post(address(changed, first_of(changed)), data)
    assert answer.status_code == 409
    assert changed.revisions.count() == 2


def test_whoever_has_the_form_open_is_asked(writing, colleague, changed):
    edit = reverse("contribute-edit", args=[changed.pk])
    theirs = filled(colleague[0].get(edit))
    go_back(writing, changed, first_of(changed))
    answer = colleague[0].post(edit, theirs | {"problem": ["Theirs."]})
    assert answer.status_code == 409
    assert newest(changed).problem == "<p>As it was.</p>"


def test_a_form_that_saves_itself_does_not_write_over_it(writing, changed):
    edit = reverse("contribute-edit", args=[changed.pk])
    told_ = {"HTTP_ACCEPT": "application/json"}
    data = filled(writing.get(edit))
    saved = writing.post(edit, data | {"cost": ["More."]}, **told_).json()
    go_back(writing, changed, first_of(changed))
    number = changed.revisions.count()
    data = filled(writing.get(edit)) | {"cost": ["Most."], "renew": [str(saved["renew"])]}
    assert json.loads(writing.post(edit, data, **told_).content)["renew"] != saved["renew"]
    assert changed.revisions.count() == number + 1


# Who may.


def test_those_who_may_write_may_go_back_and_others_learn_nothing(changed):
    first = first_of(changed)
    for user in (member("ITA"), representative("ITA"), person()):
        client = Client()
        client.force_login(user)
        for answer in (client.get(address(changed, first)), client.post(address(changed, first))):
            assert answer.status_code == 404
            assert b"As it was" not in answer.content
    assert changed.revisions.count() == 2
    for user in (representative("GEO"), secretariat()):
        client = Client()
        client.force_login(user)
        assert go_back(client, changed, first).status_code == 302
        save_draft(changed, user, {"problem": "<p>Another.</p>"})


def test_what_is_in_review_is_closed_and_sent_back_it_is_open(writing, writer, changed):
    ensure_workflow()
    first = first_of(changed)
    url = address(changed, first)
    data = shown(writing.get(url).content.decode())
    changed.get_workflow().start(changed, writer)
    assert writing.get(url).url == reverse("contribute-preview", args=[changed.pk])
    answer = writing.post(url, data)
    assert answer.status_code == 409
    assert b"nothing was saved" in answer.content
    assert b'<button type="submit">Go back' not in answer.content
    assert newest(changed).problem == "<p>As it is.</p>"
    PracticePage.objects.get(pk=changed.pk).current_workflow_task_state.reject(user=secretariat())
    assert go_back(writing, changed, first).status_code == 302


def test_the_way_is_shown_to_those_who_may_go_it(writing, writer, changed):
    first = address(changed, first_of(changed))
    places = [
        reverse("contribute-versions", args=[changed.pk]),
        reverse("contribute-compare", args=[changed.pk]),
        reverse("contribute-preview", args=[changed.pk]) + f"?version={first_of(changed).pk}",
    ]
    assert all(first in writing.get(place).content.decode() for place in places)
    newest_ = address(changed, changed.latest_revision_id)
    assert all(newest_ not in writing.get(place).content.decode() for place in places)
    ensure_workflow()
    changed.get_workflow().start(changed, writer)
    assert all(first not in writing.get(place).content.decode() for place in places)


def test_said_can_be_saved_of_any_practice(writer):
    page = draft(writer, countries=())
    assert set(said(newest(page))) == set(SAID)
    save_draft(page, writer, said(newest(page)))
