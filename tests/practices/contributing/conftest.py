import pytest

from practices.models import PracticeIndexPage
from tests import factories
from tests.members.people import member


@pytest.fixture
def writer(db):
    factories.index(PracticeIndexPage)
    return member("GEO")


@pytest.fixture
def writing(client, writer):
    """The writer's browser."""
    client.force_login(writer)
    return client
