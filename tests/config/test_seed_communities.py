"""The communities of the demo: those that the documents name, without people or posts."""

import pytest
from django.core.management import call_command
from django.test import Client

from communities.models import Community, Membership, Thread
from core.models import SeededItem

pytestmark = pytest.mark.django_db


def test_nobody_is_in_them_and_nothing_is_said(seeded):
    assert Community.objects.count() == 3
    assert Membership.objects.count() == Thread.objects.count() == 0
    assert all("2022" in each.purpose or "2025" in each.purpose for each in Community.objects.all())


def test_what_was_deleted_or_changed_stays_so(seeded):
    Community.objects.filter(slug="working-group-1-ideas").delete()
    Community.objects.filter(slug="working-group-2-indicators").update(name="Changed")
    call_command("seed", "--no-index")
    assert not Community.objects.filter(slug="working-group-1-ideas").exists()
    assert Community.objects.get(slug="working-group-2-indicators").name == "Changed"
    assert SeededItem.objects.filter(kind="communities.community").count() == 3


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_a_visitor_reads_the_public_ones_and_knows_of_no_other(seeded, language):
    page = Client().get(f"/{language}/communities/").content.decode()
    assert "Working Group 1" in page
    assert "América Latina" not in page
    assert Client().get(f"/{language}/communities/working-group-1-ideas/").status_code == 200
    assert Client().get(f"/{language}/communities/comunidad-america-latina/").status_code == 404
