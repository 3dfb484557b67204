import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language behind in the thread; every test here begins in English."""
    with override("en"):
        yield
