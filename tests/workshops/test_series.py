"""Workshops are found by the name that their series has now."""

import pytest

from search.engine import find
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
