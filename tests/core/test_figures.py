import gzip

import pytest
from django.template import Context, Template
from django.utils.translation import override

from core.templatetags import chart_tags
from core.templatetags.chart_tags import World, legend, map_class


@pytest.fixture
def small_world(monkeypatch):
    world = World("0 0 10 10", {"268": "M0 0h1z", "504": "M2 2h1z"}, {"480": (5.0, 5.0)})
    monkeypatch.setattr(chart_tags, "world", lambda: world)


def row(m49, label, count):
    return {"m49": m49, "label": label, "count": count, "url": f"?country={label}"}


def draw(rows):
    return Template("{% load chart_tags %}{% world_map rows %}").render(Context({"rows": rows}))


def test_every_country_with_a_practice_is_a_link_with_its_number(small_world):
    shown = draw([row("268", "Georgia", 2), row("480", "Mauritius", 1)])

    assert '<a href="?country=Georgia"><title>Georgia: 2 practices</title><path' in shown
    assert "<title>Mauritius: 1 practice</title><circle" in shown
    assert "M2 2h1z" in shown.split("map__land")[1].split("/>")[0]


def test_the_map_is_not_the_only_way_in(small_world):
    shown = draw([row("268", "Georgia", 2), row("999", "A place without an outline", 1)])

    table = shown.split("<table>")[1]
    assert "Georgia" in table
    assert "A place without an outline" in table


def test_a_label_cannot_bring_markup_into_the_map(small_world):
    assert "<script>" not in draw([row("268", "<script>", 1)])


def test_a_country_without_practices_is_plain_land(small_world):
    shown = draw([row("268", "Georgia", 0)])

    assert "Georgia" not in shown


@pytest.mark.parametrize(("count", "number"), [(1, 1), (2, 2), (4, 3), (5, 4), (9, 4), (400, 5)])
def test_more_practices_are_never_paler(count, number):
    assert map_class(count) == number


def test_the_legend_ends_with_the_class_that_occurs():
    assert legend(2) == [(1, "1"), (2, "2")]
    assert legend(12)[-1] == (5, "10+")


def test_bars_start_where_reading_starts():
    rows = [{"label": "Survey", "value": 4}, {"label": "Census", "value": 2}]
    template = Template('{% load chart_tags %}{% bar_chart rows "Sources" %}')

    assert 'x="0" y="22" width="540.0"' in template.render(Context({"rows": rows}))
    with override("ar"):
        assert 'x="60.0" y="22" width="540.0"' in template.render(Context({"rows": rows}))


def test_the_world_has_its_small_states():
    outlines = chart_tags.world()

    # Georgia and Morocco as shapes; Mauritius, the Maldives and Tuvalu as dots.
    assert {"268", "504"} <= set(outlines.shapes)
    assert {"480", "462", "798"} <= set(outlines.dots)
    assert not set(outlines.shapes) & set(outlines.dots)


def test_the_map_leaves_most_of_the_page_weight_to_the_text():
    assert len(gzip.compress(chart_tags.WORLD_FILE.read_bytes(), 9)) < 16_000
