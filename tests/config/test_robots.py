"""What search engines are told."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests import factories

pytestmark = pytest.mark.django_db


def sitemap(client):
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_sitemap_names_the_pages_of_all_languages(client):
    factories.home()
    pages = [factories.practice(f"Invented {each}", each) for each in ("en", "es", "fr", "ar")]
    text = sitemap(client)
    assert [f"{page.url}</loc>" in text for page in pages] == [True] * 4


@pytest.mark.parametrize("hide", ["expired", "restricted", "unpublished"])
def test_the_sitemap_names_no_hidden_page(client, hide):
    page = factories.practice()
    assert page.url in sitemap(client)
    if hide == "expired":
        past = timezone.now() - timedelta(minutes=1)
        type(page).objects.filter(pk=page.pk).update(expire_at=past)
    elif hide == "restricted":
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    else:
        page.unpublish()
    assert page.url not in sitemap(client)


def test_the_sitemap_does_not_ask_for_each_page(client, django_assert_max_num_queries):
    for number in range(12):
        factories.practice(f"Invented {number}")
    sitemap(client)
    with django_assert_max_num_queries(10):
        sitemap(client)


def test_robots_find_the_sitemap_and_no_endless_lists(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    for path in ("/admin/", "/accounts/", "/en/search/", "/ar/search/"):
        assert f"Disallow: {path}\n" in text
