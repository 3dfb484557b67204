"""The list of countries."""

import pytest

from countries.models import CountryIndexPage, CountryPage
from tests import factories

pytestmark = pytest.mark.django_db


def test_accents_do_not_put_a_country_behind_the_others(rf):
    index = factories.index(CountryIndexPage, "fr")
    for code, title in (("VEN", "Venezuela"), ("ECU", "Équateur"), ("BRA", "Brésil")):
        country = factories.country(code, "fr")
        page = CountryPage(title=title, slug=code.lower(), country=country, locale=country.locale)
        factories.publish(page, index)
    ((_region, pages),) = index.get_context(rf.get("/"))["regions"]
    assert [page.title for page in pages] == ["Brésil", "Équateur", "Venezuela"]
