import pytest
from django.core.cache import cache
from django.utils.translation import override


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language behind in the thread; every test here begins in English."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def no_attempts_yet(request):
    """Limits are counted in the cache, which is a table of the same database."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()
