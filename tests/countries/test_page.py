"""A country's page shows what its team has made public, to everybody alike, in few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from countries.models import Commitment, DataSource, ProfileEntry, ProgressNote
from guidance.models import GuidanceIndexPage, IndicatorIndexPage, IndicatorPage
from members.models import Profile
from tests import factories
from tests.countries import said
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
MOST = 25


@kept
def georgia(db):
    return said.page_of("GEO")


def indicator(title="School attendance (invented)", live=True):
    index = IndicatorIndexPage.objects.first() or factories.publish(
        IndicatorIndexPage(title="Indicators", slug="indicators", locale=factories.locale()),
        factories.index(GuidanceIndexPage),
    )
    found = factories.publish(
        IndicatorPage(title=title, slug="attendance", area="education", locale=factories.locale()),
        index,
    )
    if not live:
        found.unpublish()
    return found


def read(client, georgia, user=None):
    client.logout()
    if user:
        client.force_login(user)
    return client.get(georgia.url).content.decode()


def fill(team, public, mark):
    """Say something of every kind, recognised by a mark."""
    said.entry("transit" if public else "origin", note=f"Fact {mark}", public=public, by=team)
    said.source(f"Register {mark}", owner=f"Owner {mark}", public=public, by=team)
    pledge = said.commitment(f"Pledge {mark}", source=f"Pact {mark}", public=public, by=team)
    said.progress(pledge, f"Progress {mark}", public=public, by=team)
    return pledge


def test_everybody_reads_what_is_public_and_nobody_else_what_is_not(client, georgia):
    team = people.representative("GEO")
    pledge = fill(team, True, "shown")
    hidden = fill(team, False, "kept")
    said.progress(pledge, "Note kept", public=False)
    said.progress(hidden, "Note kept", public=True)
    outsiders = (None, people.person(), people.member("GEO"), people.representative("CHL"))
    for user in (*outsiders, team, people.secretariat()):
        text = read(client, georgia, user)
        for what in ("Fact", "Register", "Owner", "Pledge", "Pact", "Progress"):
            assert f"{what} shown" in text
        assert "kept" not in text
        assert "Country of transit" in text
        assert "Country of origin" not in text
    desk = "/en/country/GEO/"
    text = client.get(desk).content.decode()
    assert text.count("kept") >= 8


def test_a_private_row_is_not_even_counted(client, georgia):
    before = read(client, georgia)
    fill(people.representative("GEO"), False, "kept")
    after = read(client, georgia)
    assert before == after


def test_what_nobody_reported_says_so(client, georgia):
    text = read(client, georgia)
    assert text.count('<span class="not-reported">not reported</span>') == 6
    for heading in ("Role in migration", "Institutional set-up", "Data sources", "Commitments"):
        assert heading in text


def test_the_indicator_is_named_only_where_it_may_be_read(client, georgia):
    shown = indicator()
    said.commitment(indicator=shown, public=True)
    assert shown.title in read(client, georgia)
    shown.unpublish()
    assert shown.title not in read(client, georgia)


def test_the_way_to_the_desk_is_shown_to_those_who_work_there(client, georgia):
    assert "/en/country/GEO/" in read(client, georgia, people.representative("GEO"))
    assert "/en/country/GEO/" in read(client, georgia, people.secretariat())
    assert 'href="/en/country/GEO/"' not in read(client, georgia, people.representative("CHL"))
    assert 'href="/en/country/GEO/"' not in read(client, georgia)


def test_members_see_who_agreed_to_be_listed_and_nobody_else_does(client, georgia):
    listed, unlisted = people.representative("GEO"), people.member("GEO")
    Profile.objects.filter(user=listed).update(listed=True)
    type(listed).objects.filter(pk=listed.pk).update(last_name="Listed")
    type(listed).objects.filter(pk=unlisted.pk).update(last_name="Unlisted")
    text = read(client, georgia, people.member("CHL"))
    assert "Listed" in text
    assert "Unlisted" not in text
    for user in (None, people.person()):
        text = read(client, georgia, user)
        assert "Listed" not in text
        assert "Members of the Alliance see them here." in text
    listed.roles.update(starts="2020-01-01", ends="2020-12-31")
    assert "Listed" not in read(client, georgia, people.member("CHL"))


def crowd(countries, each, pledges):
    """So much of everything for so many countries; every second row is public."""
    codes = ["GEO", *(f"Q{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(countries - 1))]
    rows = [(code, number) for code in codes for number in range(each)]
    ProfileEntry.objects.bulk_create(
        ProfileEntry(about=code, kind="set-up", code=f"invented-{number}", public=number % 2 == 0)
        for code, number in rows
    )
    DataSource.objects.bulk_create(
        DataSource(about=code, name=f"Source {number}", type="census", public=number % 2 == 0)
        for code, number in rows
    )
    made = Commitment.objects.bulk_create(
        Commitment(about=code, text=f"Pledge {number}", public=number % 2 == 0)
        for code in codes
        for number in range(pledges)
    )
    ProgressNote.objects.bulk_create(
        ProgressNote(commitment=each, about=each.about, text="So far", on=said.DAY, public=True)
        for each in made
    )


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
        assert response.status_code == 200
    return len(asked)


def test_pages_and_tables_cost_as_little_for_sixty_countries_as_for_one(client, georgia):
    client.force_login(people.representative("GEO"))
    addresses = [
        georgia.url,
        "/en/country/GEO/",
        "/en/country/GEO/data-sources.csv",
        "/en/country/GEO/commitments.csv",
        "/en/country/commitments.xlsx",
    ]
    crowd(1, 1, 1)
    few = {address: queries(client, address) for address in addresses}
    for model in (ProfileEntry, DataSource, Commitment):
        model.objects.all().delete()
    crowd(60, 40, 10)
    many = {address: queries(client, address) for address in addresses}
    assert many == few
    assert max(many.values()) <= MOST
