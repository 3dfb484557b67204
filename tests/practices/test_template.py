"""The template: what it demands, what it leaves open, what it shows."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from practices.models import PracticeIndexPage, PracticePage
from tests import factories

pytestmark = pytest.mark.django_db


def form_data(**changes):
    from wagtail.test.utils.form_data import nested_form_data, streamfield

    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    formsets = [
        "countries",
        "action_points",
        "themes",
        "data_sources",
        "populations",
        "disaggregation",
        "indicators",
        "guidance",
        "sources",
        "comments",
    ]
    streams = ("institutions", "steps", "tables", "building_blocks", "evidence")
    rich = '{"entityMap": {}, "blocks": []}'
    return nested_form_data(
        {
            "title": "An unfinished invention",
            "slug": "an-unfinished-invention",
            "voice": "personal",
            **dict.fromkeys(("problem", "results", "what_failed"), rich),
            **{name: streamfield([]) for name in streams},
            **dict.fromkeys(formsets, empty),
            **changes,
        }
    )


def test_publishing_without_conditions_for_transfer_is_refused():
    with pytest.raises(ValidationError, match="condition"):
        factories.practice(condition_legal="")


def test_a_practice_with_a_condition_is_published():
    assert factories.practice(condition_legal="", condition_partners="A partner.").live


def test_a_source_that_reports_no_conditions_may_say_so():
    page = factories.practice(condition_legal="", conditions_not_reported=True)
    assert page.live


def test_an_editor_may_save_without_conditions(admin_client):
    index = factories.index(PracticeIndexPage)
    url = reverse("wagtailadmin_pages:add", args=["practices", "practicepage", index.pk])
    admin_client.post(url, form_data())
    assert not PracticePage.objects.get(title="An unfinished invention").live


def test_an_editor_may_not_publish_without_conditions(admin_client):
    page = factories.practice("A finished invention", draft=True, condition_legal="")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    changes = {"action-publish": "action-publish", "slug": page.slug}
    answer = admin_client.post(url, form_data(**changes))
    page.refresh_from_db()
    assert not page.live
    assert b"Say at least one condition for transfer" in answer.content
    assert b"An unfinished invention" in answer.content  # nothing typed is lost


def test_a_draft_of_a_live_practice_may_be_unfinished(admin_client):
    page = factories.practice()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    admin_client.post(url, form_data(title="An unfinished change"))
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "An unfinished change"
    assert page.title != "An unfinished change"
    assert page.condition_legal


def test_years_in_the_wrong_order_are_refused():
    with pytest.raises(ValidationError, match="before the first"):
        factories.practice(year_from=2020, year_to=2019)


def test_what_the_source_does_not_say_is_shown_as_not_reported(client):
    page = factories.practice(condition_legal="", conditions_not_reported=True)
    text = client.get(page.url).content.decode()
    assert "not reported" in text.lower()


def test_what_is_said_is_shown(client):
    page = factories.practice(
        problem="<p>Nobody could count the invented children.</p>",
        condition_partners="A partner of invention.",
    )
    text = client.get(page.url).content.decode()
    assert "Nobody could count the invented children." in text
    assert "A partner of invention." in text
