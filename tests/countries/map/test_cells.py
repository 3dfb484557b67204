"""Each cell of the gap map opens its list and counts what it lists; sums count each thing once."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from countries.map.asked import ALL, Across, Asked, By
from countries.map.grid import grid_of, items_for
from countries.map.items import Kind
from tests.countries.map import world
from vocabulary.labels import regions_of
from vocabulary.stamp import steady

pytestmark = pytest.mark.django_db
AMERICAS, SOUTH = "019", world.SOUTH_AMERICA
READINGS = [
    Asked(by, across, region)
    for by in By
    for across in Across
    for region in ("", AMERICAS, SOUTH, "145")
]


@pytest.fixture
def viewers(vocabulary):
    world.build()
    return world.viewers()


def map_for(user, asked):
    return grid_of(items_for(user or AnonymousUser()), asked)


def told(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_cell_opens_a_list_of_as_many_things_for_four_kinds_of_reader(client, viewers):
    for number, (name, user) in enumerate(viewers.items()):
        client.logout()
        if user:
            client.force_login(user)
        query = READINGS[2 * number].address()
        text = told(client, f"/en/gap-map/?{query}")
        matrix = text.partition("<tbody>")[2].partition("</tbody>")[0]
        cells = re.findall(r'href="([^"]+)">.*?(\d+) / (\d+)</span>', matrix)
        assert cells, name
        for address, known, wanted in (cells[0], cells[-1]):
            listed = told(client, address.replace("&amp;", "&"))
            assert f"{known} known, {wanted} wanted" in listed
            assert listed.count('<div class="entry ') == int(known) + int(wanted)
    client.logout()
    text = told(client, "/en/gap-map/")
    drawn = text.partition('class="map__land"')[2]
    (address,) = re.findall(r'href="([^"]+)"><title>Chile: 1 known, 2 wanted</title>', drawn)
    assert "1 known, 2 wanted" in told(client, address.replace("&amp;", "&"))
    assert "do not imply official endorsement" in text


@steady()
def test_every_number_is_that_of_the_things_it_is_about_in_every_reading(viewers):
    for user in viewers.values():
        items = items_for(user or AnonymousUser())
        for asked in READINGS:
            grid = grid_of(items, asked)
            for (row, column), cell in grid.cells.items():
                assert len({(item.kind, item.key) for item in cell.items}) == len(cell.items)
                assert cell.known + cell.wanted == len(cell.items)
                for item in cell.items:
                    assert row in ("none", *own_rows(item, asked)) or row == ALL
                    assert column in ("none", *own_columns(item)) or column == ALL
            for row in (ALL, *(each.code for each in grid.rows)):
                parts = [grid.cell(row, column.code).items for column in grid.columns]
                assert set(grid.cell(row).items) == {each for part in parts for each in part}
            for column in (ALL, *(each.code for each in grid.columns)):
                parts = [grid.cell(row.code, column).items for row in grid.rows]
                assert set(grid.cell(ALL, column).items) == {
                    each for part in parts for each in part
                }
            assert grid.asked.region or set(grid.cell().items) == set(items)


def own_rows(item, asked):
    return item.rows.areas if asked.by == By.INDICATOR else item.rows.points


def own_columns(item):
    return {code for place in item.places for code in (place, *regions_of(place))} | (
        {AMERICAS, "419"} if SOUTH in item.places else set()
    )


def test_what_serves_two_points_counts_in_each_and_once_in_sums_and_questions_by_title(viewers):
    grid = map_for(None, Asked(By.ACTION_POINT, Across.COUNTRY, SOUTH))
    both = [(row, column) for row in ("1", "3") for column in ("COL", "CHL")]
    for row, column in both:
        assert grid.cell(row, column).counts[Kind.PRACTICE] == 1
    for row, column in (("1", ALL), (ALL, "COL"), (ALL, ALL)):
        assert grid.cell(row, column).counts[Kind.PRACTICE] == 1
    assert "Peru" in grid.silent
    named = map_for(None, Asked(By.INDICATOR, Across.COUNTRY, SOUTH)).cell("education", "CHL")
    assert named.counts[Kind.QUESTION] == 1
    assert "none" not in [column.code for column in grid.columns]
    world.question(region=SOUTH, themes=["data-integration"], title="Whom to ask?")
    group = map_for(None, Asked(By.ACTION_POINT, Across.COUNTRY, SOUTH))
    assert group.cell("3", "none").counts[Kind.QUESTION] == 1
    assert [each.label for each in group.columns if each.code == "none"] == [
        "The region as a whole"
    ]


@pytest.mark.parametrize(
    "query",
    ["by=gap", "across=town", "region=999", "region=001", "row=9", "column=XYZ", "row=core"],
)
def test_what_cannot_be_meant_is_answered_like_nothing(client, vocabulary, query):
    assert client.get(f"/en/gap-map/list/?{query}").status_code == 404
    assert client.get("/en/gap-map/list/").status_code == 200
