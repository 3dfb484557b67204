"""Pages that are closed to a reader are not offered, named or led to by countries."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from wagtail.models import PageViewRestriction

from countries.commitments.exporting import indicators_of
from countries.commitments.forms import indicators
from countries.comparing import comparable
from countries.gaps.addressing import addressing
from guidance.models import GuidanceIndexPage, IndicatorIndexPage, IndicatorPage
from tests import factories
from tests.countries import said, shown
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
ASK = "How can unaccompanied children in transit be counted?"


def close(page):
    """Only those who are signed in may open it."""
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@kept
def indicator(db):
    above = factories.publish(
        IndicatorIndexPage(title="Indicators", slug="indicators", locale=factories.locale()),
        factories.index(GuidanceIndexPage),
    )
    page = IndicatorPage(title="An indicator", slug="one", area="core", locale=above.locale)
    return factories.publish(page, above)


def test_a_closed_indicator_is_not_offered(indicator):
    assert indicator in indicators().values()
    close(indicator)
    assert indicator not in indicators().values()


def test_a_closed_indicator_is_named_only_to_those_who_may_open_it(indicator):
    pledge = said.commitment(indicator=indicator, public=True)
    close(indicator)
    assert indicators_of([pledge], people.member("GEO")) == {indicator.pk: indicator}
    assert indicators_of([pledge], AnonymousUser()) == {}


def test_what_is_about_a_country_is_closed_with_its_page(client):
    page = said.page_of("GEO")
    address = reverse("country-commitments-table", args=["GEO", "csv"])
    assert client.get(address).status_code == 200
    close(page)
    assert client.get(address).status_code == 404
    client.force_login(people.member("CHL"))
    assert client.get(address).status_code == 200


@pytest.fixture
def asking(rf):
    def ask(user):
        request = rf.get("/")
        request.user = user
        return request

    return ask


def test_closed_practices_are_comparable_and_address_a_gap_only_for_those_who_may_open_them(asking):
    for code in ("GEO", "CHL"):
        said.entry("transit", about=code, public=True)
    practice = factories.practice(
        "Counting unaccompanied children in transit (invented)",
        countries=["CHL"],
        problem=f"<p>{ASK}</p>",
    )
    close(practice)
    kind = shown.gap(ask_en=ASK)
    for user, sees in ((people.member("GEO"), True), (AnonymousUser(), False)):
        request = asking(user)
        alike = [hit.card.title for hit in comparable(request, "GEO")]
        known = [hit.card.title for hit in addressing(request, kind, "GEO").hits]
        assert (practice.title in alike, practice.title in known) == (sees, sees)


def test_a_closed_practice_is_not_offered_to_a_goal(client):
    said.page_of("GEO")
    kind = shown.gap()
    client.force_login(people.representative("GEO"))
    practice = factories.practice("A practice (invented)")
    new = reverse("country-goal-new", args=["GEO", kind.code]) + f"?practice={practice.pk}"
    assert practice.title in client.get(new).content.decode()
    close(practice)
    assert practice.title not in client.get(new).content.decode()
