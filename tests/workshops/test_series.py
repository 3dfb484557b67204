"""Workshops are found by what they name as it is now."""

import pytest

from core.models import PageSource, SourceDocument
from search.engine import find
from search.models import IndexedDocument
from search.viewer import ANYONE
from tests import factories
from workshops.models import WorkshopIndexPage, WorkshopPage, WorkshopSeries

pytestmark = pytest.mark.django_db


def test_a_renamed_series_is_found_by_its_new_name_only():
    series = WorkshopSeries.objects.create(name="Zanzibarometer", locale=factories.locale())
    page = WorkshopPage(title="Invented", slug="invented", series=series, locale=series.locale)
    factories.publish(page, factories.index(WorkshopIndexPage))
    assert find("Zanzibarometer", ANYONE).total == 1
    series.name = "Quibblewick"
    series.save()
    assert find("Zanzibarometer", ANYONE).total == 0
    assert find("Quibblewick", ANYONE).total == 1


def test_a_workshop_without_a_day_follows_the_year_of_its_source():
    document = SourceDocument.objects.create(slug="invented", title="Invented", year=2001)
    page = WorkshopPage(title="Invented", slug="invented", locale=factories.locale())
    page.sources = [PageSource(document=document, place="Heading")]
    factories.publish(page, factories.index(WorkshopIndexPage))
    document.year = 2019
    document.save()
    assert IndexedDocument.objects.get(key=f"workshop:{page.pk}").date.year == 2019
