"""What every answer says to the browser."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

PUBLIC = ["/en/", "/en/search/?q=data", "/accounts/login/", "/en/no-such-page/", "/health/"]


@pytest.fixture(autouse=True)
def home():
    factories.home()


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_allow_no_inline_code_and_no_other_host(client, address):
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'self'"):
        assert rule in policy


@pytest.mark.parametrize("address", PUBLIC)
def test_answers_are_not_sniffed_framed_or_told_elsewhere(client, address):
    answer = client.get(address)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer


def test_the_session_is_out_of_reach_of_scripts(admin_client, settings):
    assert settings.SESSION_COOKIE_HTTPONLY


@pytest.mark.parametrize(
    "path", ["/media/documents/x.pdf", "/media/original_images/x.jpg", "/.env", "/.git/config"]
)
def test_raw_files_are_not_served(client, path):
    assert client.get(path, follow=True).status_code == 404


@pytest.mark.parametrize("path", ["../db.sqlite3", "..%2fdb.sqlite3", "%2e%2e/db.sqlite3"])
def test_images_do_not_lead_out_of_their_folder(client, path, settings):
    assert client.get(f"/media/images/{path}", follow=True).status_code in (400, 404)
