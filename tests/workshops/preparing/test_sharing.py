"""Gaps of the countries in one table: what is public, one's own, and what a country shares."""

import csv
import io

import pytest

from countries import access as countries_access
from tests.kept import kept
from tests.workshops import room
from tests.workshops.preparing.asking import ANOTHER, GAP, Room
from tests.workshops.preparing.test_states import page, signed_in
from workshops.models import Workshop
from workshops.preparing.beginning import choose
from workshops.preparing.showing import table_of

pytestmark = pytest.mark.django_db


@kept
def prepared(db):
    made = Room()
    made.answered("GEO", "no", "no")
    made.answered("COL", "no", "yes")
    return made


def seen_by(prepared, user):
    """{gap: countries} that somebody sees on the page, which the file has as well."""
    workshop = Workshop.objects.get(pk=prepared.workshop.pk)
    found = {gap.title: list(gap.countries) for gap in table_of(workshop, user).gaps}
    file = signed_in(user).get(f"{prepared.address}gaps.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file)))
    assert {row[0]: int(row[1]) for row in rows[1:]} == {k: len(v) for k, v in found.items()}
    return found


def test_a_gap_is_a_countrys_own_until_it_shares_it(prepared):
    georgia, colombia = prepared.people["GEO"], prepared.people["COL"]
    assert seen_by(prepared, prepared.office) == {GAP: ["COL", "GEO"], ANOTHER: ["GEO"]}
    assert seen_by(prepared, georgia) == {GAP: ["GEO"], ANOTHER: ["GEO"]}
    for user in (prepared.people["KEN"], prepared.lead, room.registered(prepared.workshop)):
        assert seen_by(prepared, user) == {}
    told = {"code": "GEO", "questionnaire": "invented"}
    before = page(prepared, georgia)
    assert before.count(GAP) >= 2  # in the table, and in what is agreed to
    for _twice in range(2):
        assert signed_in(georgia).post(f"{prepared.address}share/", told).status_code == 302
    row = prepared.workshop.countries.get(code="GEO")
    assert (row.gaps_shared_by, row.gaps_shared_at is None) == (georgia, False)
    for user in (prepared.people["KEN"], prepared.lead, room.registered(prepared.workshop)):
        assert seen_by(prepared, user) == {GAP: ["GEO"], ANOTHER: ["GEO"]}
    assert seen_by(prepared, colombia) == {GAP: ["COL", "GEO"], ANOTHER: ["GEO"]}
    # Here and nowhere else.
    assert not countries_access.gaps_for(colombia).filter(about="GEO").exists()
    assert signed_in(colombia).get("/en/country/GEO/gaps/").status_code == 404
    signed_in(georgia).post(f"{prepared.address}share/", {"code": "GEO", "shared": "0"})
    assert seen_by(prepared, prepared.people["KEN"]) == {}


def test_only_its_representatives_share_and_take_back(prepared):
    address = f"{prepared.address}share/"
    told = {"code": "GEO", "questionnaire": "invented"}
    for user in (prepared.people["COL"], prepared.lead, prepared.office,
                 room.registered(prepared.workshop, country="GEO")):  # fmt: skip
        assert signed_in(user).post(address, told).status_code == 404, user
        assert signed_in(user).post(address, told | {"shared": "0"}).status_code == 404, user
    assert signed_in(prepared.people["GEO"]).get(address).status_code == 405
    assert not prepared.workshop.countries.exclude(gaps_shared_at=None).exists()


def test_another_questionnaire_is_another_agreement(prepared):
    prepared.share("GEO")
    choose(prepared.workshop, "another", None)
    assert not prepared.workshop.countries.exclude(gaps_shared_at=None).exists()
    told = {"code": "GEO", "questionnaire": "invented"}
    client = signed_in(prepared.people["GEO"])
    answer = client.post(f"{prepared.address}share/", told, follow=True)
    assert "another questionnaire by now" in answer.content.decode()
    for odd in ("", "\x00"):
        client.post(f"{prepared.address}share/", told | {"questionnaire": odd})
    assert not prepared.workshop.countries.exclude(gaps_shared_at=None).exists()


def test_a_closed_workshop_takes_nothing_and_gives_back(prepared):
    prepared.share("GEO")
    Workshop.objects.update(closed_at="2026-01-01T00:00Z")
    address = f"{prepared.address}share/"
    told = {"code": "COL", "questionnaire": "invented"}
    assert signed_in(prepared.people["COL"]).post(address, told).status_code == 404
    told = {"code": "GEO", "shared": "0"}
    assert signed_in(prepared.people["GEO"]).post(address, told).status_code == 302
    assert seen_by(prepared, prepared.people["KEN"]) == {}


def test_who_goes_sees_no_more_and_is_seen_no_more(prepared):
    for code in ("GEO", "COL"):
        prepared.share(code)
    assert seen_by(prepared, prepared.people["KEN"])[GAP] == ["COL", "GEO"]
    prepared.workshop.countries.filter(code="COL").delete()
    assert seen_by(prepared, prepared.people["KEN"])[GAP] == ["GEO"]
    table = f"{prepared.address}gaps.csv"
    assert signed_in(prepared.people["COL"]).get(table).status_code == 404
    # And another workshop of the same countries has nothing shared with it.
    other = room.workshop("GEO", "KEN", questionnaire="invented")
    assert table_of(other, prepared.people["KEN"]).gaps == []
    assert table_of(other, prepared.office).gaps != []


def test_nothing_shared_and_nothing_answered_look_the_same(prepared):
    def table_for(user):
        return page(prepared, user).split('id="gaps"')[1].split("</section>")[0]

    prepared.share("COL")
    kenya = prepared.people["KEN"]
    unshared = table_for(kenya)
    assert GAP in unshared
    assert "Not in this table: GEO, KEN." in unshared
    prepared.round_of("GEO").delete()
    assert table_for(kenya) == unshared


def test_a_gap_leads_to_what_addresses_it_and_to_the_card_of_ones_own(prepared):
    georgia = prepared.people["GEO"]
    prepared.share("COL")
    html = page(prepared, georgia)
    assert "/en/search/?q=Who%20counts%20them%3F&amp;for=GEO" in html
    way = f"{prepared.workshop.get_absolute_url()}cafe/new/?about=GEO&amp;title="
    assert html.count(way) == 2
    form = signed_in(georgia).get(f"{way}{GAP}".replace("&amp;", "&")).content.decode()
    assert f'value="{GAP}"' in form
    assert "cafe/new/?about=COL" not in html
