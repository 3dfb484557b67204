"""A group whose members answer by mail."""

import uuid

import pytest

from communities.inbound.addresses import reply_address
from tests.communities import groups
from tests.communities.inbound.letters import DOMAIN
from tests.kept import kept
from tests.seeded import connect_to, connected_to, environment, on_postgresql


@pytest.fixture(autouse=True)
def inbound(settings):
    settings.INBOUND_DOMAIN = DOMAIN


@kept
def group(db):
    return groups.community()


@kept
def asker(group):
    return groups.member_of(group, "MEX")


@kept
def thread(group, asker):
    return groups.thread(group, asker)


@kept
def member(group):
    return groups.member_of(group, "GEO")


@pytest.fixture
def address(member, thread):
    return reply_address(member, thread)


@pytest.fixture
def own_database(templates, django_db_setup, django_db_blocker, settings, tmp_path):
    """A database of its own whose commits are real: its environment for other processes."""
    from django.db import connection

    settings.DATA_DIR = tmp_path / "data"
    usual, name = connection.settings_dict["NAME"], f"test_inbound_{uuid.uuid4().hex[:12]}"
    with django_db_blocker.unblock():
        templates.copy("empty", settings.DATA_DIR, name)
        file = str(settings.DATA_DIR / "db.sqlite3")
        with connected_to(name if on_postgresql() else file):
            yield environment(settings.DATA_DIR, name) | {
                "SECRET_KEY": settings.SECRET_KEY,
                "INBOUND_DOMAIN": DOMAIN,
            }
            connection.close()
        if on_postgresql():
            connect_to(usual)
            connection.close()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
