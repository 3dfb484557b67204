"""`/p/<id>/`: the address to cite."""

import pytest
from wagtail.models import PageViewRestriction

from tests import factories

pytestmark = pytest.mark.django_db

UNKNOWN = "/p/999999/"


def test_a_permalink_leads_to_the_page(client):
    page = factories.practice()
    assert page.permalink == f"/p/{page.pk}/"
    answer = client.get(page.permalink)
    assert answer.status_code == 302
    assert client.get(answer.url).context["page"].pk == page.pk


def test_a_permalink_survives_a_new_slug(client):
    page = factories.practice()
    page.slug = "renamed"
    page.save_revision().publish()
    assert client.get(page.permalink).url.endswith("/renamed/")


@pytest.mark.parametrize("hide", ["draft", "restricted"])
def test_a_hidden_page_answers_like_one_that_never_was(client, hide):
    page = factories.practice(draft=hide == "draft")
    if hide == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    hidden, unknown = (client.get(url, follow=True) for url in (page.permalink, UNKNOWN))
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content.replace(b"999999", str(page.pk).encode())


def test_a_number_beyond_the_database_is_not_found(client):
    answer = client.get("/p/99999999999999999999999/", follow=True)
    assert answer.status_code == 404
