"""A draft is saved as a revision: whole, on top of the newest, and never public."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from core.models import SourceDocument
from guidance.models import GuidanceIndexPage, GuidancePage
from practices.contributing.saving import ChangedMeanwhileError, save_draft, version_of
from practices.models import PracticeIndexPage, PracticePage
from tests import factories
from tests.members.people import member
from tests.practices.contributing.writing import newest, publish

pytestmark = pytest.mark.django_db


def begun(user, **fields):
    page = PracticePage(locale=factories.locale())
    save_draft(page, user, {"title": "An invented draft", **fields})
    return PracticePage.objects.get(pk=page.pk)


def test_a_new_draft_belongs_to_its_writer_and_is_not_public(writer):
    page = begun(writer)
    assert page.owner == writer
    assert not page.live
    assert page.latest_revision.user == writer
    assert page.get_parent().specific_class is PracticeIndexPage


def test_a_draft_stands_in_the_tree_of_its_language(writer):
    spanish = factories.index(PracticeIndexPage, "es")
    page = PracticePage(locale=factories.locale("es"))
    save_draft(page, writer, {"title": "Una práctica inventada"})
    assert page.get_parent().pk == spanish.pk


@pytest.mark.parametrize("title", ["???", "ممارسة", "a" * 255])
def test_any_title_gives_an_address_and_the_same_title_another(writer, title):
    slugs = {begun(writer, title=title).slug for _ in range(3)}
    assert len(slugs) == 3
    assert "" not in slugs


def test_every_kind_of_field_is_in_the_revision(writer):
    factories.country("GEO")
    factories.theme("transit")
    document = SourceDocument.objects.create(slug="invented", title="An invented document")
    guidance = GuidancePage(title="Invented guidance", slug="g", locale=factories.locale())
    factories.publish(guidance, factories.index(GuidanceIndexPage))
    step = {"type": "step", "value": {"title": "First", "text": "<p>Counted.</p>"}}
    page = begun(
        writer,
        problem="<p>Nobody knew.</p>",
        year_from=2020,
        steps=[step],
        countries=["GEO"],
        themes=["transit", "transit", "no-such-theme"],
        guidance=[guidance],
        sources=[{"document": document, "place": "Chapter 2", "page_number": 7}],
        condition_legal="A law.",
    )
    found = newest(page)
    assert found.problem == "<p>Nobody knew.</p>"
    assert found.year_from == 2020
    assert found.steps[0].value["title"] == "First"
    assert [tag.term.code for tag in found.countries.all()] == ["GEO"]
    assert [tag.term.code for tag in found.themes.all()] == ["transit"]
    assert [row.guidance_id for row in found.guidance.all()] == [guidance.pk]
    assert found.sources.get().page_number == 7
    assert found.condition_legal == "A law."


def test_what_is_not_named_stays_as_it_was(writer):
    factories.country("GEO")
    page = begun(writer, countries=["GEO"], cost="Little.")
    save_draft(page, writer, {"duration": "A year."})
    found = newest(page)
    assert (found.cost, found.duration) == ("Little.", "A year.")
    assert [tag.term.code for tag in found.countries.all()] == ["GEO"]


def test_a_tag_that_stays_is_the_same_row(writer):
    factories.country("GEO")
    factories.country("ARM")
    page = begun(writer, countries=["GEO"])
    before = page.countries.get().pk
    save_draft(page, writer, {"countries": ["ARM", "GEO"]})
    page = PracticePage.objects.get(pk=page.pk)
    assert [tag.term.code for tag in page.countries.all()] == ["ARM", "GEO"]
    assert before in {tag.pk for tag in page.countries.all()}


@pytest.mark.parametrize("name", ["owner", "live", "slug", "path", "locked", "go_live_at", "pk"])
def test_what_contributors_may_not_write_is_refused(writer, name):
    with pytest.raises(KeyError):
        begun(writer, **{name: None})
    assert not PracticePage.objects.exists()


def test_a_draft_of_a_published_practice_leaves_it_as_it_is(writer):
    factories.country("GEO")
    page = factories.practice("An invented practice", cost="Little.")
    save_draft(page, writer, {"title": "Changed", "cost": "Much.", "countries": ["GEO"]})
    page = PracticePage.objects.get(pk=page.pk)
    assert (page.title, page.cost, page.live) == ("An invented practice", "Little.", True)
    assert not page.countries.exists()
    assert page.has_unpublished_changes
    assert newest(page).cost == "Much."
    publish(page)
    page = PracticePage.objects.get(pk=page.pk)
    assert (page.title, page.cost) == ("Changed", "Much.")
    assert [tag.term.code for tag in page.countries.all()] == ["GEO"]


def test_the_address_follows_the_title_until_the_first_publication(writer):
    page = begun(writer, condition_legal="A law.")
    save_draft(page, writer, {"title": "A better title"})
    page = PracticePage.objects.get(pk=page.pk)
    assert page.slug == "a-better-title"
    publish(page)
    save_draft(page, writer, {"title": "The best title"})
    page = PracticePage.objects.get(pk=page.pk)
    publish(page)
    assert (page.title, page.slug) == ("The best title", "a-better-title")


def test_saving_over_another_is_refused_and_over_the_newest_is_not(writer):
    page = begun(writer)
    seen = version_of(page)
    save_draft(page, member("ARM"), {"cost": "Theirs."}, version=seen)
    with pytest.raises(ChangedMeanwhileError) as refused:
        save_draft(page, writer, {"cost": "Mine."}, version=seen)
    assert refused.value.newest.cost == "Theirs."
    assert newest(page).cost == "Theirs."
    save_draft(page, writer, {"cost": "Mine."}, version=version_of(newest(page)))
    assert newest(page).cost == "Mine."


def test_a_renewed_revision_changes_the_version(writer):
    page = begun(writer)
    seen = version_of(page)
    save_draft(page, writer, {"cost": "1"}, renew=page.latest_revision_id)
    with pytest.raises(ChangedMeanwhileError):
        save_draft(page, writer, {"cost": "2"}, version=seen)


def test_a_form_that_saves_itself_renews_its_own_revision(writer):
    page = begun(writer)
    first = save_draft(page, writer, {"cost": "0"})
    for number in range(5):
        assert save_draft(page, writer, {"cost": str(number)}, renew=first.pk).pk == first.pk
    assert page.revisions.count() == 2
    assert newest(page).cost == "4"


def test_an_old_a_sent_or_a_foreign_revision_is_never_overwritten(writer):
    page = begun(writer)
    first = save_draft(page, writer, {"cost": "0"})
    other = save_draft(page, member("ARM"), {"cost": "1"}, renew=first.pk)
    assert other.pk != first.pk
    mine = save_draft(page, writer, {"cost": "2"}, renew=first.pk)
    assert mine.pk != first.pk
    long_ago = timezone.now() - datetime.timedelta(minutes=11)
    PageLogEntry.objects.filter(revision=mine).update(timestamp=long_ago)
    later = save_draft(page, writer, {"cost": "3"}, renew=mine.pk)
    assert later.pk != mine.pk
    assert page.revisions.count() == 5
