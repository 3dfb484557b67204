import pytest
from django.core.cache import cache
from django.test import Client

from tests.communities import groups
from tests.kept import kept
from tests.members import people


@pytest.fixture(autouse=True)
def no_attempts_yet(request):
    """Limits are counted in the cache, which is a table of the same database."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@kept
def group(db):
    """A community that members of the Alliance may ask to join."""
    return groups.community(visibility="members")


@kept
def private(db):
    return groups.community("Private group (invented)")


@kept
def lead(group):
    return groups.facilitator_of(group, "COL")


@kept
def outsider(db):
    return people.member("CHL")


@pytest.fixture
def client_of():
    """Return a function from a person to their session; None is a visitor."""

    def begin(user=None):
        client = Client()
        if user:
            client.force_login(user)
        return client

    return begin
