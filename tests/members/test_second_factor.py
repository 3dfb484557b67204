"""Whoever decides or publishes needs a second step at sign-in, by whatever door they come."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user
from django.contrib.auth.models import Group, Permission

from members.models import Kind
from tests.members import people
from users.models import User

pytestmark = pytest.mark.django_db

SET_UP = "/accounts/2fa/totp/activate/"


def code_of(secret):
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )


def without_factor(kind):
    """Somebody with this role whose second factor is not set up."""
    if kind == "superuser":
        return User.objects.create_superuser("root@example.org", people.PASSWORD)
    if kind == "editor":
        user, group = people.person(name="Editor"), Group.objects.create(name="Invented editors")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user.groups.add(group)
        return user
    user = people.person(None, kind)
    Authenticator.objects.filter(user=user).delete()
    return user


PRIVILEGED = [Kind.SECRETARIAT, Kind.FACILITATOR, "superuser", "editor"]
ADDRESSES = ["/admin/", "/en/members/board/", "/en/members/me/", "/en/search/", "/p/1/"]


@pytest.mark.parametrize("kind", PRIVILEGED)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_privileged_account_is_led_to_the_second_step_first(client, kind, address):
    client.force_login(without_factor(kind))
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url.startswith(SET_UP)


@pytest.mark.parametrize("kind", PRIVILEGED)
def test_the_api_refuses_without_the_second_step_and_answers_with_it(client, kind):
    user = without_factor(kind)
    client.force_login(user)
    assert client.get("/api/v1/search/?q=data").status_code == 403
    people.second_factor(user)
    assert client.get("/api/v1/search/?q=data").status_code == 200


def test_whether_the_site_lives_is_told_to_anybody(client, django_assert_num_queries):
    client.force_login(without_factor("superuser"))
    with django_assert_num_queries(0):
        assert client.get("/health/").status_code == 200


@pytest.mark.parametrize("kind", [Kind.MEMBER, Kind.REPRESENTATIVE, Kind.REVIEWER])
def test_other_members_may_do_without(client, kind):
    client.force_login(people.person(None, kind))
    assert client.get("/en/members/me/").status_code == 200


def test_nothing_is_posted_before_the_second_step(client):
    user = without_factor(Kind.SECRETARIAT)
    person = people.person()
    client.force_login(user)
    address = f"/en/members/people/{person.pk}/"
    data = {"kind": "member", "starts": "2026-01-01"}
    assert client.post(address, data).url.startswith(SET_UP)
    assert not person.roles.exists()
    people.second_factor(user)
    client.post(address, data)
    assert person.roles.count() == 1


def test_the_factor_is_set_up_with_a_code_and_then_the_way_is_free(client):
    client.force_login(without_factor(Kind.SECRETARIAT))
    page = client.get(SET_UP, follow=True)
    assert page.redirect_chain[-1][0].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": people.PASSWORD, "next": SET_UP})
    page = client.get(SET_UP)
    assert "second step at sign-in" in page.content.decode()
    client.post(SET_UP, {"code": code_of(client.session[totp.SECRET_SESSION_KEY])})
    assert client.get("/en/members/board/").status_code == 200
    assert Authenticator.objects.filter(type="recovery_codes").count() == 1


def test_whoever_takes_the_factor_away_is_asked_again(client):
    user = people.secretariat()
    client.force_login(user)
    assert client.get("/en/members/board/").status_code == 200
    Authenticator.objects.filter(user=user).delete()
    assert client.get("/en/members/board/").url.startswith(SET_UP)


def log_in(client, user):
    return client.post("/accounts/login/", {"login": user.email, "password": people.PASSWORD})


def test_a_code_opens_once(client, django_user_model):
    user = people.member()
    secret = people.second_factor(user)
    code = code_of(secret)
    log_in(client, user)
    assert not get_user(client).is_authenticated
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert get_user(client) == user
    client.post("/accounts/logout/")
    log_in(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert not get_user(client).is_authenticated


def test_codes_cannot_be_guessed(client):
    user = people.member()
    secret = people.second_factor(user)
    log_in(client, user)
    for guess in range(6):
        client.post("/accounts/2fa/authenticate/", {"code": f"{guess:06}"})
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert not get_user(client).is_authenticated


def test_a_new_password_does_not_lead_around_the_factor(client):
    from tests.mail import sent

    user = people.secretariat()
    client.post("/accounts/password/reset/", {"email": user.email})
    link = next(part for part in sent()[-1].body.split() if "/password/reset/key/" in part)
    page = client.get("/accounts/" + link.partition("/accounts/")[2], follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": "another-long-one-9", "password2": "another-long-one-9"})
    assert not get_user(client).is_authenticated
    client.post("/accounts/login/", {"login": user.email, "password": "another-long-one-9"})
    assert not get_user(client).is_authenticated
    user.refresh_from_db()
    assert user.check_password("another-long-one-9")
