"""What a practice names is found by the name it has now."""

import pytest

from core.models import PageSource, SourceDocument
from search.engine import find
from search.models import IndexedDocument
from search.viewer import ANYONE
from tests import factories
from tests.kept import kept
from users.models import Institution

pytestmark = pytest.mark.django_db

OLD, NEW = "Zanzibarometer Office", "Quibblewick Bureau"


@kept
def institution():
    body = Institution.objects.create(slug="invented", name=OLD, kind=Institution.Kind.MINISTRY)
    factories.practice("An invention", lead_institution=body)
    return body


def titles(query):
    return [hit.card.title for hit in find(query, ANYONE).hits]


def test_a_renamed_institution_is_found_by_its_new_name_only(institution):
    assert titles("Zanzibarometer") == ["An invention"]
    institution.name = NEW
    institution.save()
    assert titles("Quibblewick") == ["An invention"]
    assert titles("Zanzibarometer") == []


def test_a_deleted_institution_is_not_found(institution, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        institution.delete()
    assert titles("Zanzibarometer") == []


def test_a_practice_without_years_follows_the_year_of_its_source():
    document = SourceDocument.objects.create(slug="invented", title="Invented", year=2001)
    page = factories.practice("An invention")
    page.sources = [PageSource(document=document, place="Heading")]
    page.save_revision().publish()
    document.year = 2019
    document.save()
    assert IndexedDocument.objects.get(key=f"practice:{page.pk}").date.year == 2019
