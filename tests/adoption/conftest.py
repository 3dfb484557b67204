"""A practice that a representative of Georgia (invented) has written, and peers from elsewhere."""

import pytest

from tests import factories
from tests.members import people


@pytest.fixture
def author(db):
    return people.representative("GEO")


@pytest.fixture
def practice(author):
    page = factories.practice(
        title="An invented register",
        countries=["GEO"],
        condition_capacity="Two statisticians (invented).",
        owner=author,
    )
    return page


@pytest.fixture
def peer(db):
    return people.member("CHL")


@pytest.fixture
def signed_in(client):
    """Sign somebody in and return the client."""

    def sign_in(user):
        client.logout()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
