"""The figures of a year are counted once, and stay."""

import hashlib
import json

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.written_once import WrittenOnceError
from tests import factories
from tests.members import people
from workshops.desk import packs
from workshops.models import DataPack

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(people.secretariat())
    return client


def test_a_year_is_frozen_once_and_nothing_changes_it_afterwards(desk):
    factories.practice("First (invented)", countries=["GEO"])
    factories.practice("A draft (invented)", countries=["CHL"], draft=True)
    year = timezone.localdate().year
    assert desk.post(reverse("desk-packs"), {"year": year}).status_code == 302
    factories.practice("Second (invented)", countries=["COL"])
    again = desk.post(reverse("desk-packs"), {"year": year})
    assert again.status_code == 409
    assert "frozen already" in again.content.decode()
    assert desk.post(reverse("desk-packs"), {"year": year + 1}).status_code == 400
    pack = DataPack.objects.get()
    figures = {each["key"]: each["value"] for each in pack.figures["figures"]}
    assert {figures[key] for key in ("practices", "practices-new", "practice-countries")} == {1}
    assert len(figures) == len(pack.figures["figures"]) >= 15
    pack.figures = {}
    for change in (pack.save, pack.delete, DataPack.objects.all().delete):
        with pytest.raises(WrittenOnceError):
            change()
    with pytest.raises(WrittenOnceError):
        DataPack.objects.update(year=1999)


def test_what_is_handed_out_can_be_checked_by_its_hash(desk):
    desk.post(reverse("desk-packs"), {"year": 2026})
    pack = DataPack.objects.get()
    told = desk.get(reverse("desk-pack-file", args=[2026, "json"])).content
    assert hashlib.sha256(told).hexdigest() == pack.digest
    assert json.loads(told) == pack.figures
    table = desk.get(reverse("desk-pack-file", args=[2026, "csv"])).content.decode("utf-8-sig")
    assert "Practices published,0,practices" in table
    sheet = desk.get(reverse("desk-pack-file", args=[2026, "xlsx"])).content
    assert sheet.startswith(b"PK")
    assert desk.get(reverse("desk-pack-file", args=[2026, "exe"])).status_code == 404
    page = reverse("desk-pack", args=[2026])
    assert "Prácticas publicadas" in desk.get(page.replace("/en/", "/es/")).content.decode()
    assert pack.digest in desk.get(page).content.decode()
    assert "somebody changed the database" not in desk.get(page).content.decode()
    with connection.cursor() as cursor:
        forged = json.dumps(pack.figures | {"as_of": "1999-01-01"})
        cursor.execute("UPDATE workshops_datapack SET figures = %s", [forged])
    assert "somebody changed the database" in desk.get(page).content.decode()
    for ending in ("json", "csv", "xlsx"):
        refused = desk.get(reverse("desk-pack-file", args=[2026, ending]))
        assert refused.status_code == 409
        assert "restored from a backup" in refused.content.decode()
    moved = DataPack(year=2025, figures=pack.figures, digest=pack.digest)
    assert packs.is_whole(pack)
    assert not packs.is_whole(moved)
