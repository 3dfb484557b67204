"""A private community with an asker from Georgia and a peer from Mexico; all of it is invented."""

import pytest
from django.urls import reverse

from tests.adoption.conftest import own_database, signed_in  # noqa: F401 - fixtures
from tests.communities import groups
from tests.kept import kept


@kept
def group(db):
    return groups.community()


@kept
def asker(group):
    return groups.member_of(group, "GEO")


@kept
def peer(group):
    return groups.member_of(group, "MEX")


@kept
def thread(group, asker):
    return groups.thread(group, asker)


@pytest.fixture
def to(group, thread):
    """Return a function from the name of an address to the address, for this thread."""

    def address(name, *more):
        if name in ("thread-new", "thread-preview"):
            return reverse(name, args=[group.slug])
        return reverse(name, args=[group.slug, thread.pk, *more])

    return address


def typed(text="Said in the form (invented).", **fields):
    """What the form of an answer sends."""
    return {"text": text, "token": "a-token-of-a-test", **fields}


def opened(**fields):
    """What the form of a new thread sends."""
    told = {"kind": "question", "title": "How many? (invented)", "language": "en"}
    return typed(**{**told, **fields})
