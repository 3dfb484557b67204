"""Writing a practice in the form: begun, saved, in rows, with and without scripts."""

import pytest
from django.urls import reverse

from practices.models import PracticePage
from tests import factories
from tests.practices.contributing.writing import draft, filled, newest

pytestmark = pytest.mark.django_db
NEW = "/en/contribute/new/"


def edit(page, short=False):
    return reverse("contribute-short" if short else "contribute-edit", args=[page.pk])


def test_a_snapshot_becomes_a_draft_with_what_was_typed(writing, writer):
    data = filled(
        writing.get(NEW),
        title="A register of invention",
        problem="Nobody **knew**.",
        condition_legal="A law.",
    )
    answer = writing.post(NEW, data)
    page = PracticePage.objects.get()
    assert answer.url == edit(page, short=True)
    assert not page.live
    assert page.owner == writer
    assert newest(page).problem == "<p>Nobody <b>knew</b>.</p>"
    assert newest(page).condition_legal == "A law."
    assert [tag.term.code for tag in page.countries.all()] == ["GEO"]


def test_without_a_title_nothing_is_lost(writing):
    data = filled(writing.get(NEW), problem="Typed with care.")
    answer = writing.post(NEW, data)
    assert answer.status_code == 400
    assert b"Typed with care." in answer.content
    assert b"Give it a title" in answer.content
    assert not PracticePage.objects.exists()


def test_the_same_form_sent_twice_begins_one_practice(writing):
    data = filled(writing.get(NEW), title="Sent twice")
    assert writing.post(NEW, data).url == writing.post(NEW, data).url
    assert PracticePage.objects.count() == 1


def test_a_form_cannot_begin_as_a_translation_of_another_page(writing):
    public = factories.practice("A public practice")
    writing.post(NEW, filled(writing.get(NEW), title="Mine", begun=str(public.translation_key)))
    mine = PracticePage.objects.get(title="Mine")
    assert mine.translation_key != public.translation_key


def test_the_form_of_a_draft_sent_back_unchanged_makes_no_version(writing, writer):
    page = draft(writer, problem="<p>As <b>it</b> was.</p>")
    before = page.latest_revision_id
    for short in (True, False):
        assert (
            writing.post(edit(page, short), filled(writing.get(edit(page, short)))).status_code
            == 302
        )
    page.refresh_from_db()
    assert page.latest_revision_id == before


EVERYTHING = {
    "title": "A better title",
    "summary": "In short.",
    "organisation": "An office of invention",
    "year_from": "2019",
    "year_to": "2021",
    "problem": "A problem.",
    "results": "- one\n- two",
    "what_failed": "The first try.",
    "condition_partners": "A partner.",
    "cost": "Little.",
    "duration": "A year.",
    "contact": "The office",
    "languages": "Georgian",
    "voice": "institution",
}


def test_every_plain_field_is_saved(writing, writer):
    page = draft(writer)
    writing.post(edit(page), filled(writing.get(edit(page)), **EVERYTHING))
    found = newest(page)
    assert found.title == "A better title"
    assert (found.year_from, found.year_to) == (2019, 2021)
    assert found.results == "<ul><li>one</li><li>two</li></ul>"
    for name in ("summary", "organisation", "condition_partners", "cost", "voice", "contact"):
        assert getattr(found, name) == EVERYTHING[name]


def test_tags_are_saved_and_taken_away(writing, writer):
    factories.theme("transit")
    factories.theme("asylum")
    factories.country("ARM")
    page = draft(writer, themes=["transit"])
    data = filled(writing.get(edit(page)), themes=["asylum"], countries=["GEO", "ARM", ""])
    writing.post(edit(page), data)
    assert [tag.term.code for tag in newest(page).themes.all()] == ["asylum"]
    assert [tag.term.code for tag in newest(page).countries.all()] == ["GEO", "ARM"]
    writing.post(edit(page), filled(writing.get(edit(page)), themes=[]))
    assert not newest(page).themes.all()


def test_rows_are_added_filled_moved_and_removed_without_scripts(writing, writer):
    page = draft(writer)
    answer = writing.get(edit(page))
    (first,) = filled(answer)["steps-row"]  # one is there to begin with
    data = filled(answer, do="add:steps", **{f"steps-{first}-title": "First"})
    answer = writing.post(edit(page), data)
    one, two = filled(answer)["steps-row"]
    assert one == first
    data = filled(
        answer, do="save", **{f"steps-{two}-title": "Second", f"steps-{two}-text": "Done."}
    )
    writing.post(edit(page), data)
    assert [block.value["title"] for block in newest(page).steps] == ["First", "Second"]
    assert newest(page).steps[1].value["text"].source == "<p>Done.</p>"
    answer = writing.post(edit(page), filled(writing.get(edit(page)), do=f"up:steps:{two}"))
    writing.post(edit(page), filled(answer, do="save"))
    assert [block.id for block in newest(page).steps] == [two, one]
    answer = writing.post(edit(page), filled(writing.get(edit(page)), do=f"remove:steps:{two}"))
    writing.post(edit(page), filled(answer, do="save"))
    assert [block.id for block in newest(page).steps] == [one]


def test_moving_a_row_saves_nothing_by_itself(writing, writer):
    page = draft(writer)
    before = page.latest_revision_id
    writing.post(edit(page), filled(writing.get(edit(page)), do="add:institutions", cost="Typed"))
    page.refresh_from_db()
    assert page.latest_revision_id == before


def test_a_row_that_is_wrong_keeps_what_was_stored_and_shows_what_was_typed(writing, writer):
    link = {"type": "link", "value": {"title": "A law", "url": "https://example.org/"}}
    page = draft(writer, evidence=[link])
    data = filled(writing.get(edit(page)))
    (key,) = data["evidence-row"]
    data |= {f"evidence-{key}-url": ["javascript:alert(1)"], "cost": ["Little."]}
    answer = writing.post(edit(page), data)
    assert answer.status_code == 400
    assert b"javascript:alert(1)" in answer.content
    assert newest(page).cost == "Little."
    assert newest(page).evidence[0].value["url"] == "https://example.org/"


def test_years_in_the_wrong_order_are_named_and_the_rest_is_saved(writing, writer):
    page = draft(writer)
    data = filled(writing.get(edit(page)), year_from="2021", year_to="2019", cost="Little.")
    answer = writing.post(edit(page), data)
    assert b"before the first" in answer.content
    assert newest(page).cost == "Little."
    assert newest(page).year_to is None


def test_a_script_is_told_what_was_saved_and_renews_its_own_version(writing, writer):
    page = draft(writer)
    json = {"HTTP_ACCEPT": "application/json"}
    data = filled(writing.get(edit(page)), cost="1")
    answer = writing.post(edit(page), data, **json).json()
    assert answer["saved"].startswith("Saved at")
    for number in range(2, 5):
        data |= {f"was-{key}": [token] for key, token in answer["was"].items()}
        data |= {"cost": [str(number)], "renew": [str(answer["renew"])]}
        answer = writing.post(edit(page), data, **json).json()
    assert newest(page).cost == "4"
    assert page.revisions.count() == 2


def test_a_script_begins_a_draft_and_learns_where_it_is(writing):
    data = filled(writing.get(NEW), title="Typed while saving itself")
    answer = writing.post(NEW, data, HTTP_ACCEPT="application/json").json()
    page = PracticePage.objects.get()
    assert answer["url"] == edit(page, short=True)
    assert answer["pk"] == page.pk


def test_what_is_not_in_the_form_cannot_be_written(writing, writer):
    page = draft(writer)
    bad = {
        "live": "on",
        "owner": "1",
        "slug": "taken",
        "go_live_at": "2020-01-01",
        "locked": "on",
        "external_id": "x",
        "last_confirmed": "2026-01-01",
        "translation_key": "00000000-0000-4000-8000-000000000000",
        "status": "approved",
        "approved_by": "1",
    }
    stored = PracticePage.objects.filter(pk=page.pk).values()
    before = stored.get()
    writing.post(edit(page), filled(writing.get(edit(page)), **bad))
    assert stored.get() == before


def test_links_to_what_others_may_not_open_become_words(writing, writer):
    public = factories.practice("A public one")
    hidden = factories.practice("A hidden one", draft=True)
    page = draft(writer)
    typed = f"[a](page:{public.pk}) [b](page:{hidden.pk}) [c](document:1)"
    writing.post(edit(page), filled(writing.get(edit(page)), problem=typed))
    assert newest(page).problem == f'<p><a id="{public.pk}" linktype="page">a</a> b c</p>'


def test_links_that_the_text_had_before_stay(writing, writer):
    page = draft(writer, problem='<p>See <a id="99" linktype="document">this</a>.</p>')
    typed = filled(writing.get(edit(page)))["problem"][0].replace("See", "Read")
    writing.post(edit(page), filled(writing.get(edit(page)), problem=typed))
    assert newest(page).problem == '<p>Read <a id="99" linktype="document">this</a>.</p>'


@pytest.mark.parametrize("short", [True, False])
def test_the_form_asks_few_questions_of_the_database(
    writing, writer, short, django_assert_max_num_queries
):
    step = {
        "type": "step",
        "value": {"title": "One", "text": '<p><a id="1" linktype="page">x</a></p>'},
    }
    page = draft(writer, steps=[step] * 20, problem='<p><a id="2" linktype="page">y</a></p>' * 5)
    writing.get(edit(page, short))
    with django_assert_max_num_queries(40):
        writing.get(edit(page, short))
