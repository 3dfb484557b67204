"""`vocabulary`: the project's files loaded, once a module; each test rolls back to that."""

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_vocabulary", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def vocabulary(_loaded, db):
    pass
