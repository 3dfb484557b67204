"""One door to log in by: Wagtail's own would let a password in without the second factor."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user, get_user_model
from django.core.management import call_command

from tests.kept import kept
from tests.mail import sent

pytestmark = pytest.mark.django_db

ADDRESS, PASSWORD = "official@example.org", "a-long-invented-password"


@kept
def official():
    return get_user_model().objects.create_superuser(ADDRESS, PASSWORD)


@kept
def with_second_factor(official):
    secret = get_adapter().encrypt(totp.generate_totp_secret())
    Authenticator.objects.create(
        user=official, type=Authenticator.Type.TOTP, data={"secret": secret}
    )
    return official


def is_logged_in(client):
    return get_user(client).is_authenticated


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS.upper(), ADDRESS.title()])
def test_a_person_logs_in_by_address_in_any_case(official, client, address):
    client.post("/accounts/login/", {"login": address, "password": PASSWORD})
    assert is_logged_in(client)


def test_a_wrong_password_says_so_and_keeps_the_address(official, client):
    answer = client.post("/accounts/login/", {"login": ADDRESS, "password": "wrong"})
    assert not is_logged_in(client)
    assert ADDRESS in answer.content.decode()


@pytest.mark.parametrize("door", ["/accounts/login/", "/admin/login/", "/en/_util/login/"])
def test_a_password_alone_does_not_pass_where_a_second_factor_is_set(
    with_second_factor, client, door
):
    data = {"login": ADDRESS, "username": ADDRESS, "password": PASSWORD}
    client.post(door, data, follow=True)
    assert not is_logged_in(client)


def test_without_a_second_factor_the_same_password_passes(official, client):
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert is_logged_in(client)


def test_an_account_that_may_not_edit_is_told_so_and_not_sent_round_in_circles(client):
    client.force_login(get_user_model().objects.create_user("reader@example.org", PASSWORD))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403


def test_whoever_runs_createsuperuser_can_log_in_at_once(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email=ADDRESS, interactive=False, verbosity=0)
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert is_logged_in(client)
    assert client.get("/admin/").url.startswith("/accounts/2fa/totp/activate/")


def test_the_address_and_the_password_cannot_be_changed_around_the_one_door(
    with_second_factor, client
):
    client.force_login(with_second_factor)
    form = client.get("/admin/account/").content.decode()
    assert 'name="name_email-email"' not in form
    assert 'type="password"' not in form


@pytest.mark.parametrize("session", ['"\\000\\000"', "\x01\x02", "x" * 5000])
def test_a_cookie_that_no_site_sends_is_no_error(client, session):
    client.cookies["sessionid"] = session
    assert client.get("/accounts/login/").status_code == 200


def test_the_admin_leads_to_the_one_door(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_a_wrong_password_is_slowed_down(official, client):
    for _attempt in range(12):
        client.post("/accounts/login/", {"login": ADDRESS, "password": "wrong"})
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert not is_logged_in(client)


def test_an_address_must_be_confirmed_before_it_opens_anything(client):
    data = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", data)
    assert len(sent()) == 1
    assert not is_logged_in(client)


def test_signing_up_with_a_known_address_tells_a_stranger_nothing(official, client):
    data = {"email": ADDRESS, "password1": PASSWORD, "password2": PASSWORD}
    known = client.post("/accounts/signup/", data)
    new = client.post("/accounts/signup/", {**data, "email": "another@example.org"})
    assert (known.status_code, known.url) == (new.status_code, new.url)
    assert len(sent()) == 2


def test_nobody_is_sent_to_another_site_after_logging_in(official, client):
    answer = client.post(
        "/accounts/login/?next=//evil.example",
        {"login": ADDRESS, "password": PASSWORD, "next": "//evil.example"},
    )
    assert "evil.example" not in answer.url


def test_django_s_own_admin_is_not_mounted(admin_client):
    assert admin_client.get("/django-admin/", follow=True).status_code == 404


def test_the_log_in_page_speaks_the_language_of_the_page_before(client):
    first = client.get(
        "/accounts/login/", {"next": "/fr/search/?q=a"}, headers={"Accept-Language": "ar"}
    )
    assert b'<html lang="fr"' in first.content
    then = client.get("/accounts/password/reset/", headers={"Accept-Language": "ar"})
    assert b'<html lang="fr"' in then.content


@pytest.mark.parametrize("asked", ["", "/accounts/", "https://example.org/fr/", "/xx/"])
def test_without_a_page_before_the_browser_chooses_the_language(client, asked):
    answer = client.get("/accounts/login/", {"next": asked}, headers={"Accept-Language": "ar"})
    assert b'<html lang="ar"' in answer.content
