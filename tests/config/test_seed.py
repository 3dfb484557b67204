"""The demo knowledge base: complete, honest, and safe to load again."""

import pytest
from django.conf import settings
from django.core.management import call_command
from wagtail.models import Page, Revision, Site

from config.seeding.reading import entries
from config.seeding.structure import load_structure
from core.models import PageSource, SeededItem
from guidance.models import GuidancePage, IndicatorPage
from library.models import LibraryFile, TextStatus
from pages.models import HomePage
from practices.models import PracticePage
from search.models import IndexedDocument, Passage
from users.models import Institution
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


def test_what_an_editor_deleted_stays_deleted(seeded):
    page = PracticePage.objects.get(external_id="georgia-umas")
    page.delete()
    GuidancePage.objects.get(external_id="ideas").delete()
    HomePage.objects.get(locale__language_code="ar").delete()
    Institution.objects.exclude(practices__isnull=False).first().delete()
    LibraryFile.objects.first().delete()
    before = state()
    institutions = Institution.objects.count()
    call_command("seed", "--no-index")
    assert state() == before
    assert Institution.objects.count() == institutions


def applied():
    """A practice of the demo and the guidance that it applies."""
    practice = PracticePage.objects.get(external_id="ctdc-trafficking-data")
    return practice, GuidancePage.objects.get(external_id="do-no-harm-children-data")


def test_a_link_that_an_editor_removed_stays_removed(seeded):
    practice, guidance = applied()
    assert [link.guidance for link in practice.guidance.all()] == [guidance]
    practice.guidance = []
    practice.save_revision().publish()
    newer = GuidancePage.objects.get(external_id="call-to-action-2022")
    newer.supersedes = None
    newer.save_revision().publish()
    before = state()
    call_command("seed", "--no-index")
    assert state() == before
    assert not applied()[0].guidance.exists()
    assert GuidancePage.objects.get(pk=newer.pk).supersedes is None


def test_what_an_editor_unpublished_stays_unpublished(seeded):
    practice, guidance = applied()
    practice.guidance.all().delete()
    for page in (practice, guidance):
        page.unpublish()
    call_command("seed", "--no-index")
    assert not any(page.live for page in applied())


def test_a_practice_that_is_new_is_linked_though_its_guidance_is_not(seeded):
    practice, guidance = applied()
    practice.delete()
    SeededItem.objects.get(external_id="ctdc-trafficking-data").delete()
    call_command("seed", "--no-index")
    practice = applied()[0]
    assert practice.live
    assert [link.guidance for link in practice.guidance.all()] == [guidance]


def test_what_names_something_deleted_is_loaded_without_it(seeded):
    """As when a later version of the demo brings a workshop whose practices are gone."""
    workshop = WorkshopPage.objects.exclude(practices=None).first()
    name = workshop.external_id
    practices = [link.practice for link in workshop.practices.all()]
    workshop.delete()
    practices[0].delete()
    SeededItem.objects.get(external_id=name).delete()
    call_command("seed", "--no-index")
    again = WorkshopPage.objects.get(external_id=name)
    assert [link.practice for link in again.practices.all()] == practices[1:]


def test_the_default_site_has_the_address_of_the_settings(seeded, client):
    site = Site.objects.get(is_default_site=True)
    assert site.root_url == settings.WAGTAILADMIN_BASE_URL
    page = PracticePage.objects.live().first()
    html = client.get(page.url).content.decode()
    address = f"{settings.WAGTAILADMIN_BASE_URL}{page.url}"
    assert f'<link rel="canonical" href="{address}">' in html
    assert f'<meta property="og:url" content="{address}">' in html


def test_the_host_name_and_start_that_an_operator_chose_stay(seeded):
    elsewhere = HomePage.objects.get(locale__language_code="es")
    chosen = {"hostname": "data.example.org", "port": 443, "root_page": elsewhere}
    Site.objects.filter(is_default_site=True).update(**chosen)
    call_command("seed", "--no-index")
    assert Site.objects.filter(is_default_site=True, **chosen).exists()


@pytest.mark.parametrize(
    ("address", "before", "hostname", "port"),
    [
        ("https://data.example.org", "localhost", "data.example.org", 443),
        ("http://127.0.0.1:8000", "localhost", "127.0.0.1", 8000),
        ("https://data.example.org", "other.example.org", "other.example.org", 80),
    ],
)
def test_a_site_at_the_welcome_page_is_pointed_at_the_home_page(
    vocabulary, settings, address, before, hostname, port
):
    settings.WAGTAILADMIN_BASE_URL = address
    Site.objects.filter(is_default_site=True).update(hostname=before)
    load_structure()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == (hostname, port)
    assert site.root_page.specific == HomePage.objects.get(locale__language_code="en")


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
