"""The page of one's own sessions."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from members.sessions import going_on
from tests import factories
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


@kept
def user():
    factories.home()
    return people.member()


def signed_in(user):
    """A browser of this person, and its session."""
    client = Client()
    client.force_login(user)
    row = {"ip": "203.0.113.7", "user_agent": "A browser (invented)"}
    key = client.session.session_key
    return client, UserSession.objects.create(user=user, session_key=key, **row)


def test_the_page_shows_ones_own_sessions_with_few_queries(user, django_assert_max_num_queries):
    clients = [signed_in(user)[0] for _each in range(12)]
    signed_in(people.member("CHL"))
    with django_assert_max_num_queries(25):
        answer = clients[0].get("/accounts/sessions/")
    assert answer.context["session_count"] == 12


def test_a_session_that_is_over_is_forgotten(user):
    _client, lives_on = signed_in(user)
    _client, over = signed_in(user)
    Session.objects.get(pk=over.session_key).delete()
    assert going_on(user) == [lives_on]
    assert list(UserSession.objects.filter(user=user)) == [lives_on]


def test_a_session_from_before_a_new_password_is_none(user):
    signed_in(user)
    user.set_password("another-long-invented-password")
    user.save()
    _client, new = signed_in(user)
    assert going_on(user) == [new]


def test_all_other_sessions_can_be_ended(user):
    here, mine = signed_in(user)
    there, _other = signed_in(user)
    assert there.get("/en/members/me/").status_code == 200
    here.post("/accounts/sessions/")
    assert there.get("/en/members/me/").status_code == 302
    assert here.get("/en/members/me/").status_code == 200
    assert going_on(user) == [mine]
