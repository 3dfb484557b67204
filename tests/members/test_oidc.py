"""Signing in with an organisation's account, against a real provider on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user
from django.test import Client

from members.roles import is_member
from tests.members import people
from users.models import User

pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    """The three addresses of an OpenID provider that the site asks."""

    person = {}

    def answer(self, told):
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            return self.answer(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/keys",
                }
            )
        return self.answer(self.server.person)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer({"access_token": "token", "token_type": "Bearer"})

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "ministry",
                    "name": "Ministry (invented)",
                    "client_id": "id",
                    "secret": "secret",
                    "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
                }
            ],
        }
    }
    yield server
    server.shutdown()
    server.server_close()


def come_in(client, provider, **person):
    provider.person = {"sub": "1", "given_name": "Anna", "family_name": "(invented)", **person}
    there = client.post("/accounts/oidc/ministry/login/")
    state = parse_qs(urlsplit(there.url).query)["state"][0]
    return client.get("/accounts/oidc/ministry/login/callback/", {"code": "c", "state": state})


def test_without_the_setting_there_is_no_such_door(client):
    assert client.get("/accounts/oidc/ministry/login/", follow=True).status_code == 404
    assert "oidc" not in client.get("/accounts/login/").content.decode()


def test_the_door_is_shown_where_it_is_set(client, provider):
    assert "Ministry (invented)" in client.get("/accounts/login/").content.decode()


def test_an_organisation_s_account_opens_an_account_and_no_membership(client, provider):
    come_in(client, provider, email="Anna@Example.org", email_verified=True)
    user = User.objects.get(email="anna@example.org")
    assert get_user(client) == user
    assert not is_member(user)
    assert not user.roles.exists()
    assert client.get("/en/members/directory/").status_code == 403


def test_an_address_that_the_organisation_has_not_confirmed_is_confirmed_here(client, provider):
    come_in(client, provider, email="anna@example.org", email_verified=False)
    assert not get_user(client).is_authenticated


def test_the_address_of_somebody_else_s_account_opens_nothing(client, provider):
    user = people.secretariat(email="chief@example.org")
    come_in(client, provider, email="chief@example.org", email_verified=True)
    assert get_user(client) != user
    assert not user.socialaccount_set.exists()


def test_the_second_step_is_asked_for_by_this_door_too(client, provider):
    come_in(client, provider, email="anna@example.org", email_verified=True)
    user = get_user(client)
    people.give(user, "secretariat")
    again = Client()
    answer = come_in(again, provider, email="anna@example.org", email_verified=True)
    assert answer.url.startswith("/accounts/2fa/authenticate/")
    assert not get_user(again).is_authenticated
