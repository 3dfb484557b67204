"""A practice that a representative of Georgia (invented) has written, and peers from elsewhere."""

import uuid

import pytest

from tests.adoption import told
from tests.kept import kept
from tests.members import people
from tests.seeded import connect_to, connected_to, on_postgresql


@kept
def author(db):
    return people.representative("GEO")


@kept
def practice(author):
    return told.practice_of(author)


@kept
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


@pytest.fixture
def own_database(templates, django_db_setup, django_db_blocker, tmp_path):
    """A database of its own whose commits are real, so that threads see each other's."""
    from django.db import connection

    usual, name = connection.settings_dict["NAME"], f"test_exchange_{uuid.uuid4().hex[:12]}"
    with django_db_blocker.unblock():
        templates.copy("empty", tmp_path, name)
        with connected_to(name if on_postgresql() else str(tmp_path / "db.sqlite3")):
            yield
            connection.close()
        if on_postgresql():
            connect_to(usual)
            connection.close()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
