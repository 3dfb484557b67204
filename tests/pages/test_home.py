"""The home page leads only where everyone may go."""

import pytest
from wagtail.models import PageViewRestriction

from practices.models import PracticeIndexPage
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_does_not_lead_to_a_restricted_list(client):
    practices = factories.index(PracticeIndexPage)
    home = factories.home()
    assert client.get(home.url).context["practices_url"] == practices.url
    PageViewRestriction.objects.create(page=practices, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(home.url).context["practices_url"] == ""
