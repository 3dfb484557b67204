"""What a request has been told stays true for it, and for no other."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from core.addresses import RequestAtHand
from core.remembering import once_a_reading


@pytest.fixture
def asked():
    return []


@pytest.fixture
def knows(asked):
    @once_a_reading
    def knows(user, word="it"):
        asked.append((user, word))
        return f"{user.pk} knows {word}"

    return knows


def answered(method, questions):
    def view(request):
        questions()
        return HttpResponse()

    RequestAtHand(view)(getattr(RequestFactory(), method)("/"))


def person(pk):
    return get_user_model()(pk=pk)


def test_a_request_that_reads_asks_once_for_the_same_row(knows, asked):
    told = []
    answered("get", lambda: told.extend(knows(person(1)) for _each in range(3)))
    assert told == ["1 knows it"] * 3
    assert len(asked) == 1


def test_it_asks_for_each_person_and_each_thing(knows, asked):
    answered("get", lambda: [knows(person(1)), knows(person(2)), knows(person(1), word="that")])
    assert [(user.pk, word) for user, word in asked] == [(1, "it"), (2, "it"), (1, "that")]


def test_nothing_is_known_of_the_request_before(knows, asked):
    for _each in range(2):
        answered("get", lambda: knows(person(1)))
    assert len(asked) == 2


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_request_that_changes_something_asks_each_time(knows, asked, method):
    answered(method, lambda: [knows(person(1)), knows(person(1))])
    assert len(asked) == 2


def test_without_a_request_it_asks_each_time(knows, asked):
    assert knows(person(1)) == knows(person(1))
    assert len(asked) == 2


def test_what_is_not_stored_yet_is_nobody_twice(knows, asked):
    answered("get", lambda: [knows(person(None)), knows(person(None))])
    answered("get", lambda: [knows(AnonymousUser()), knows(AnonymousUser())])
    assert len(asked) == 3
