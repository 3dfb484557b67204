"""The demo knowledge base: complete, honest, and safe to load again."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Revision, Site

from config.seeding.reading import entries
from core.models import PageSource
from guidance.models import GuidancePage, IndicatorPage
from library.models import LibraryFile, TextStatus
from practices.models import PracticePage
from search.models import IndexedDocument, Passage
from vocabulary.models import Concept
from workshops.models import WorkshopPage

pytestmark = pytest.mark.django_db


def state():
    return {
        "pages": Page.objects.count(),
        "revisions": Revision.objects.count(),
        "concepts": Concept.objects.count(),
        "files": LibraryFile.objects.count(),
        "documents": list(IndexedDocument.objects.order_by("key").values_list("key", "seq")),
        "passages": Passage.objects.count(),
    }


def test_loading_it_again_changes_nothing(seeded):
    before = state()
    call_command("seed", "--no-index")
    assert state() == before


def test_what_an_editor_changed_stays_changed(seeded):
    page = PracticePage.objects.get(external_id="georgia-umas")
    page.title = "Changed by an editor"
    page.save_revision().publish()
    call_command("seed", "--no-index")
    assert PracticePage.objects.get(external_id="georgia-umas").title == "Changed by an editor"


def test_there_are_enough_practices_in_their_own_languages(seeded):
    by_language = {
        code: PracticePage.objects.live().filter(locale__language_code=code).count()
        for code in ("en", "es", "fr")
    }
    assert sum(by_language.values()) >= 30
    assert by_language["es"] >= 6
    assert by_language["fr"] >= 4


@pytest.mark.parametrize("model", [PracticePage, GuidancePage, WorkshopPage, IndicatorPage])
def test_every_page_names_its_source_and_the_place_in_it(seeded, model):
    pages = model.objects.live()
    assert pages.exists()
    for page in pages:
        sources = PageSource.objects.filter(page=page)
        assert sources.exists(), page.title
        assert all(source.place or source.page_number for source in sources), page.title


def test_all_that_was_indexed_was_encoded(seeded):
    assert Passage.objects.exists()
    assert not Passage.objects.filter(vector=None).exists()


def test_the_demo_brings_a_pdf_and_a_word_file_of_its_own(seeded):
    files = {file.file_extension: file for file in LibraryFile.objects.all()}
    assert set(files) == {"pdf", "docx"}
    assert all(file.text_status == TextStatus.READY for file in files.values())
    assert files["pdf"].page_count >= 2


def test_guidance_knows_what_it_supersedes_and_who_applies_it(seeded):
    older = GuidancePage.objects.get(external_id="call-to-action-2018")
    assert older.newer_version is not None
    assert any(page.applied_by.exists() for page in GuidancePage.objects.all())


def test_indicators_have_no_invented_names(seeded):
    """The sources give counts (10 core statistics, 21 indicators), never the names."""
    areas = {page.area for page in IndicatorPage.objects.live()}
    assert areas == {"core", "health", "education", "child-protection", "poverty"}
    assert not IndicatorPage.objects.filter(names_reported=True).exists()


def test_no_file_of_the_demo_lacks_an_id_or_repeats_one():
    for folder in ("practices", "guidance", "workshops", "news", "pages", "library"):
        ids = [entry.meta["id"] for entry in entries(folder)]
        assert ids
        assert len(ids) == len(set(ids))


def test_the_site_starts_at_the_english_home_page(seeded):
    assert Site.objects.get(is_default_site=True).root_page.locale.language_code == "en"
