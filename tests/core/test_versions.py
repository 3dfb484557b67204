"""A version of a page with what it names."""

import pytest

from core.classification import PageTheme
from core.models import PageSource, SourceDocument
from core.versions import version_as_page, version_to_show
from practices.models import PracticePage
from tests import factories

pytestmark = pytest.mark.django_db
MOST = 6


@pytest.fixture
def page():
    page = factories.practice("A draft (invented)", draft=True, countries=["GEO"])
    page.themes = [PageTheme(term=factories.theme(f"theme-{each}")) for each in range(9)]
    page.sources = [
        PageSource(document=SourceDocument.objects.create(slug=f"d{each}", title=f"Source {each}"))
        for each in range(9)
    ]
    page.title = "Said better (invented)"
    page.save_revision()
    return PracticePage.objects.select_related("locale", "latest_revision").get(pk=page.pk)


@pytest.mark.parametrize("read", [version_as_page, version_to_show])
def test_it_is_what_wagtail_reads_with_few_queries(page, read, django_assert_max_num_queries):
    wanted = page.latest_revision.as_object()
    with django_assert_max_num_queries(MOST):
        found = read(page, page.latest_revision)
        themes = [tag.term.code for tag in found.themes.all()]
        sources = [source.document.title for source in found.sources.all()]
    assert found.title == wanted.title == "Said better (invented)"
    assert themes == [tag.term.code for tag in wanted.themes.all()]
    assert sources == [source.document.title for source in wanted.sources.all()]
    assert found.url_path == wanted.url_path


def test_what_is_gone_is_left_out(page):
    PageSource.objects.all().delete()
    SourceDocument.objects.get(slug="d3").delete()
    found = version_as_page(page, page.latest_revision)
    assert "Source 3" not in [source.document.title for source in found.sources.all()]
    assert found.sources.count() == 8


def test_what_is_read_to_be_shown_cannot_be_saved(page):
    with pytest.raises(TypeError):
        version_to_show(page, page.latest_revision).save()
    version_as_page(page, page.latest_revision).save_revision()
