"""Guidance in versions."""

import pytest
from django.core.exceptions import ValidationError

from guidance.models import GuidanceIndexPage, GuidancePage
from tests import factories

pytestmark = pytest.mark.django_db


def guidance(version, supersedes=None):
    page = GuidancePage(
        title=f"Invented guidance, version {version}",
        slug=f"invented-{version}",
        version=str(version),
        supersedes=supersedes,
        locale=factories.locale(),
    )
    return factories.publish(page, factories.index(GuidanceIndexPage))


def test_an_older_version_leads_to_the_newer(client):
    first = guidance(1)
    assert first.newer_version is None
    second = guidance(2, supersedes=first)
    text = client.get(first.url).content.decode()
    assert second.title in text
    assert second.url in text


def test_a_newer_version_that_is_only_a_draft_is_not_shown(client):
    first = guidance(1)
    guidance(2, supersedes=first).unpublish()
    assert "version 2" not in client.get(first.url).content.decode()


def test_versions_cannot_run_in_a_circle():
    first = guidance(1)
    second = guidance(2, supersedes=first)
    first.supersedes = second
    with pytest.raises(ValidationError, match="superseded"):
        first.full_clean()
