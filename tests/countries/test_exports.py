"""Tables to download hold what the reader may read, and no formula."""

import csv
import io

import openpyxl
import pytest

from tests.countries import said
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


@kept
def georgia(db):
    said.source("Public register (invented)", public=True, disaggregation=["age", "sex"])
    said.source("Private register (invented)")
    pledge = said.commitment("Public pledge (invented)", public=True, external_id="p-1")
    said.progress(pledge, "Public note (invented)", public=True)
    said.progress(pledge, "Private note (invented)")
    said.progress(said.commitment("Private pledge (invented)"), "Below it (invented)", public=True)
    said.commitment("Pledge of Chile (invented)", about="CHL", public=True)
    said.page_of("CHL")
    return said.page_of("GEO")


SOURCES = "/en/country/GEO/data-sources.csv"
PLEDGES = "/en/country/GEO/commitments.csv"
ALL = "/en/country/commitments.csv"


def rows(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def cells(client, address):
    """Every cell of a table, as one text."""
    return "\n".join(str(value) for row in rows(client.get(address)) for value in row.values())


def test_the_team_gets_all_and_everybody_else_what_is_public(client, georgia):
    for user in (people.representative("GEO"), people.secretariat()):
        client.force_login(user)
        for address in (SOURCES, PLEDGES):
            text = cells(client, address)
            assert "Private" in text
            assert "Public" in text
    for user in (None, people.member("GEO"), people.representative("CHL")):
        client.logout()
        if user:
            client.force_login(user)
        for address in (SOURCES, PLEDGES, ALL):
            text = cells(client, address)
            assert "Private" not in text
            assert "Below it" not in text
            assert "Public" in text
    assert "Pledge of Chile" in cells(client, ALL)
    assert "Pledge of Chile" not in cells(client, PLEDGES)


def test_a_register_holds_codes_that_can_be_read_back(client, georgia):
    (row,) = rows(client.get(SOURCES))
    assert (row["country"], row["type"], row["disaggregation"]) == ("GEO", "register", "age, sex")
    assert row["external_id"].startswith("px-")


def test_the_same_stands_in_the_sheet(client, georgia):
    response = client.get("/en/country/commitments.xlsx")
    assert "attachment" in response["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    head, *found = sheet.iter_rows(values_only=True)
    told = [dict(zip(head, row, strict=True)) for row in found]
    assert {row["commitment"] for row in told} == {
        "Public pledge (invented)",
        "Pledge of Chile (invented)",
    }
    pledge = next(row for row in told if row["external_id"] == "p-1")
    assert pledge["progress"] == "2026-03-01: Public note (invented)"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(client, sign):
    said.page_of("GEO")
    said.source(f"{sign}HYPERLINK(0)", owner=f"{sign}1+1", note="\x0bbell", public=True)
    said.commitment(f"{sign}1+1", public=True)
    (row,) = rows(client.get(SOURCES))
    assert row["name"] == f"'{sign}HYPERLINK(0)"
    assert row["note"] == "bell"
    (row,) = rows(client.get(PLEDGES))
    assert row["commitment"] == f"'{sign}1+1"
    content = client.get("/en/country/GEO/commitments.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


def test_other_endings_and_countries_without_a_page_are_not_to_be_had(client, georgia):
    assert client.get("/en/country/GEO/commitments.pdf").status_code == 404
    assert client.get("/en/country/commitments.json").status_code == 404
    assert client.get("/en/country/MEX/commitments.csv").status_code == 404
    assert client.get("/en/country/MEX/data-sources.csv").status_code == 404


def test_nobody_keeps_a_copy_on_the_way(client, georgia):
    for address in (SOURCES, PLEDGES, ALL):
        assert "no-store" in client.get(address)["Cache-Control"]
