"""Links by mail: one use, for some time, for whoever holds the token."""

import datetime

import pytest
from django.utils import timezone

from core import links
from core.models import Link
from users.models import Institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Institution.objects.create(slug="office", name="Office (invented)", kind="ministry")


def test_a_link_leads_to_its_object_and_can_be_used_once(office):
    token = links.issue("clear", office, days=3, for_address="adviser@example.org", data={"a": 1})
    link = links.find("clear", token)
    assert (link.subject, link.for_address, link.data) == (office, "adviser@example.org", {"a": 1})
    assert links.use(link)
    assert not links.use(link)
    with pytest.raises(links.LinkError, match="used already"):
        links.find("clear", token)


def test_a_link_is_for_its_own_purpose_only(office):
    token = links.issue("clear", office, days=3)
    with pytest.raises(links.LinkError, match="not known"):
        links.find("decline", token)


@pytest.mark.parametrize("token", ["", "forged", "\x00", "\ud800", "x" * 10_000])
def test_a_forged_link_is_unknown(office, token):
    links.issue("clear", office, days=3)
    with pytest.raises(links.LinkError, match="not known"):
        links.find("clear", token)


def test_an_expired_link_says_so_and_does_nothing(office):
    link = links.find("clear", token := links.issue("clear", office, days=3))
    Link.objects.update(expires=timezone.now() - datetime.timedelta(seconds=1))
    with pytest.raises(links.LinkError, match="expired"):
        links.find("clear", token)
    assert not links.use(link)


def test_a_link_that_was_taken_back_says_so(office):
    token = links.issue("clear", office, days=3)
    link = links.find("clear", token)
    assert links.revoke("clear", office) == 1
    with pytest.raises(links.LinkError, match="taken back"):
        links.find("clear", token)
    assert not links.use(link)


def test_the_database_does_not_know_the_token(office):
    token = links.issue("clear", office, days=3)
    assert token not in str(list(Link.objects.values()))
