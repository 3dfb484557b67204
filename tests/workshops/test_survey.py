"""The survey: every percentage stands beside its n."""

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from workshops.models import SurveyItem, WorkshopIndexPage, WorkshopPage

pytestmark = pytest.mark.django_db


def workshop(answers, *counts):
    page = WorkshopPage(
        title="An invented workshop",
        slug="an-invented-workshop",
        locale=factories.locale(),
        survey_answers=answers,
    )
    page.survey_items = [
        SurveyItem(question=f"Invented statement {count}", count=count) for count in counts
    ]
    return factories.publish(page, factories.index(WorkshopIndexPage))


def test_eighteen_answers_give_the_percentages_of_panama():
    page = workshop(18, 17, 14, 15, 18)
    assert [item.percent for item in page.survey_items.all()] == [94, 78, 83, 100]


def test_the_page_shows_n_beside_the_percentages(client):
    text = client.get(workshop(18, 17).url).content.decode()
    assert "94" in text
    assert "17" in text
    assert "18" in text


def test_more_answers_than_people_are_refused():
    with pytest.raises(ValidationError, match="more answers"):
        workshop(18, 19)


def test_a_survey_without_answers_has_no_percentages():
    assert [item.percent for item in workshop(None, 0).survey_items.all()] == [0]
