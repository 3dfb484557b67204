import pytest

from practices.models import PracticeIndexPage
from tests import factories
from tests.kept import kept
from tests.members.people import member


@kept
def writer(db):
    factories.index(PracticeIndexPage)
    return member("GEO")


@pytest.fixture
def writing(client, writer):
    """The writer's browser."""
    client.force_login(writer)
    return client
