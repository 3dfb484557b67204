"""The editor's side of practices."""

import pytest
from django.urls import reverse

from practices.models import PracticeIndexPage
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_list_of_practices_loads(admin_client):
    factories.practice("An invented practice to list")
    answer = admin_client.get("/admin/practices/")
    assert b"An invented practice to list" in answer.content


def test_the_report_names_what_is_missing(admin_client):
    factories.practice("An incomplete invention", contact="An invented office")
    text = admin_client.get(reverse("incomplete_practices_report")).content.decode()
    assert "An incomplete invention" in text
    assert "time it took" in text
    assert "whom to ask" not in text


def test_the_report_exports_as_a_table(admin_client):
    factories.practice("An incomplete invention")
    answer = admin_client.get(reverse("incomplete_practices_report"), {"export": "csv"})
    assert "An incomplete invention" in b"".join(answer.streaming_content).decode()


def test_a_visitor_gets_no_report(client):
    assert client.get(reverse("incomplete_practices_report")).status_code == 302


def test_a_practice_can_be_edited_and_previewed(admin_client):
    page = factories.practice()
    edit = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert b"Conditions for transfer" in edit.content
    draft = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert page.title.encode() in draft.content


def test_a_new_practice_can_be_begun(admin_client):
    index = factories.index(PracticeIndexPage)
    url = reverse("wagtailadmin_pages:add", args=["practices", "practicepage", index.pk])
    assert admin_client.get(url).status_code == 200
