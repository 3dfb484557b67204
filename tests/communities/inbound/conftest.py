"""A group whose members answer by mail."""

import pytest

from communities.inbound.addresses import reply_address
from tests.communities import groups
from tests.communities.inbound.letters import DOMAIN


@pytest.fixture(autouse=True)
def inbound(settings):
    settings.INBOUND_DOMAIN = DOMAIN


@pytest.fixture
def group(db):
    return groups.community()


@pytest.fixture
def asker(group):
    return groups.member_of(group, "MEX")


@pytest.fixture
def thread(group, asker):
    return groups.thread(group, asker)


@pytest.fixture
def member(group):
    return groups.member_of(group, "GEO")


@pytest.fixture
def address(member, thread):
    return reply_address(member, thread)
