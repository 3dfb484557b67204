"""What can be taken away of the gap map; and who says where a gap and a topic stand on it."""

import csv
import io
import re

import pytest
from django.urls import reverse
from lxml import etree
from pypdf import PdfReader
from yaml import safe_load

from core import printing
from countries.gaps.loading import DATA as GAPS
from countries.map.topics import DATA, load
from countries.models import GapKind, MapTopic
from guidance.models import IndicatorPage
from tests.countries import shown
from tests.countries.map import world
from tests.members import people
from vocabulary.labels import labels

pytestmark = pytest.mark.django_db


def test_table_picture_and_report_say_what_the_page_says(client, vocabulary):
    world.build()
    table = client.get("/en/gap-map/table.csv?by=indicator").content.decode("utf-8-sig")
    rows = {(row["row"], row["column"]): row for row in csv.DictReader(io.StringIO(table))}
    school = rows["education", "all"]
    # One practice on school; a gap, a question and a search about it.
    assert (school["known"], school["wanted"], school["state"]) == ("1", "3", "short")
    assert [school[kind] for kind in ("practice", "gap", "question", "search")] == list("1111")
    assert rows["none", "none"]["guidance"] == "1"
    assert client.get("/en/gap-map/table.pdf").status_code == 404
    for language in ("en", "ar"):
        response = client.get(f"/{language}/gap-map/picture.svg?by=indicator")
        picture = etree.fromstring(response.content)
        assert picture.get("direction") == ("rtl" if language == "ar" else "ltr")
        words = " ".join(picture.itertext())
        assert labels("region", language)["019"] in words
        assert "1 / 3" in words
    for language in ("es", "ar"):
        response = client.get(f"/{language}/gap-map/report.pdf?by=indicator")
        assert response["Content-Disposition"] == (
            'attachment; filename="gap-map-indicator-regions.pdf"'
        )
        reader = PdfReader(io.BytesIO(response.content))
        text = " ".join(page.extract_text() for page in reader.pages)
        # Without the libraries that shape Arabic the report is in English.
        told = language if language == "es" or printing.is_possible() else "en"
        assert reader.trailer["/Root"]["/Lang"] == told
        if told == "ar":
            assert re.search("[\u0621-\u064a\ufe70-\ufefc]{4}", text)
            assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        else:
            assert labels("region", told)["019"] in text
            assert "1 / 3 <" in text


def test_every_topic_and_gap_that_comes_along_has_rows_that_are_there(vocabulary):
    points, areas = set(labels("action_point", "en")), set(IndicatorPage.Area.values)
    for kind, topics in safe_load(DATA.read_text("utf-8")).items():
        assert topics.keys() <= labels(kind, "en").keys()
        for own_points, own_areas in topics.values():
            assert own_points or own_areas
            assert set(own_points) <= points
            assert set(own_areas) <= areas
    for gap in safe_load(GAPS.read_text("utf-8")):
        assert gap["on_map"]["action_points"]
        assert set(gap["on_map"]["action_points"]) <= points
        assert set(gap["on_map"]["areas"]) <= areas
    assert load() == MapTopic.objects.count() > 0
    MapTopic.objects.exclude(code="census").delete()
    assert load() == 0  # what was taken out stays out


def test_the_secretariat_says_where_gaps_and_topics_stand_and_nobody_else(client, vocabulary):
    kind = shown.gap(action_points=["1"])
    topic = MapTopic.objects.create(kind="theme", code="health", action_points=["2"])
    sent = {"action_points": ["3", "5"], "areas": ["health"]}
    of_gap = {"code": kind.code, "order": 0, "title_en": "A gap", "ask_en": "How?", "themes": "[]"}
    pages = (
        (reverse("gaps:edit", args=[kind.pk]), of_gap, kind),
        (reverse("map-topics:edit", args=[topic.pk]), {"kind": "theme", "code": "health"}, topic),
    )
    for address, fields, row in pages:
        client.force_login(people.representative("GEO"))
        assert client.post(address, fields | sent).status_code in (302, 403)
        row.refresh_from_db()
        assert row.areas == []
        client.force_login(people.secretariat())
        assert client.post(address, fields | sent | {"areas": ["none"]}).status_code == 200
        assert client.post(address, fields | sent).status_code == 302
        row.refresh_from_db()
        assert (row.action_points, row.areas) == (["3", "5"], ["health"])
    assert GapKind.objects.get().action_points == ["3", "5"]
