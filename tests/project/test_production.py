"""Production starts with everything it needs, or says what to set."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.logs import without_personal_data
from config.settings.demands import unmet_demands

ROOT = Path(__file__).resolve().parents[2]
KEY = "kJ8#mPq2vX9zLw4nRt6yBc1dFg3hSj5aUe7iOo0QxWbNmVCZ"
GOOD = {
    "SECRET_KEY": KEY + "-and-more",
    "ALLOWED_HOSTS": "data.example.org, .example.net",
    "SITE_URL": "https://data.example.org",
}


ANSWERS = {
    "INBOUND_DOMAIN": "in.example.org",
    "INBOUND_PROVIDER": "postmark",
    "INBOUND_SECRET": "hook:" + "x" * 32,
}


def run(*arguments, **changes):
    """Run Python with production settings and only this environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DATA_DIR") if name in os.environ}
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
    wanted = {**kept, **settings, **GOOD, **changes}
    return subprocess.run(
        [sys.executable, *arguments],
        env={name: value for name, value in wanted.items() if value is not None},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def test_a_complete_environment_passes_the_deploy_check(own_data):
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The database is SQLite" in done.stderr
    assert "No mail is sent" in done.stderr


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"SECRET_KEY": None}, "Set SECRET_KEY to a long random text"),
        ({"SECRET_KEY": "only-for-development-never-in-production"}, "in the source code"),
        ({"SECRET_KEY": KEY}, "at least 50 random characters"),
        ({"SECRET_KEY": "a" * 60}, "at least 50 random characters"),
        ({"ALLOWED_HOSTS": None}, "Set ALLOWED_HOSTS to the site's host names, separated"),
        ({"ALLOWED_HOSTS": " , "}, "Set ALLOWED_HOSTS to the site's host names, separated"),
        ({"ALLOWED_HOSTS": "data.example.org,*"}, "host names instead of *"),
        ({"SITE_URL": None}, "Set SITE_URL to the site's public address"),
        ({"SITE_URL": "http://data.example.org"}, "Set SITE_URL to https://"),
        ({"SITE_URL": "https://data.example.org/"}, "nothing after it"),
        ({"SITE_URL": "https://[data.example.org"}, "Set SITE_URL to https://"),
        ({"SITE_URL": "https://other.example.org"}, "Add other.example.org to ALLOWED_HOSTS"),
        ({"DEBUG": "1"}, "Unset DEBUG"),
        ({"DEBUG": "True"}, "Unset DEBUG"),
        ({"EMAIL_URL": "mail.example.org"}, "Set EMAIL_URL like submission://"),
        ({"EMAIL_URL": "smtp://mail.example.org:often"}, "Set EMAIL_URL like submission://"),
        ({"MAIL_PROVIDER": "pigeon"}, "Set MAIL_PROVIDER to a provider that django-anymail knows"),
        ({"MAIL_PROVIDER": "../x"}, "Set MAIL_PROVIDER to a provider that django-anymail knows"),
        ({"OIDC_SERVER": "http://login.example.org"}, "Set OIDC_SERVER to an address that begins"),
        ({"OIDC_SERVER": "https://login.example.org"}, "Set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET"),
        ({"INBOUND_DOMAIN": "-x"}, "Set INBOUND_DOMAIN to a name such as in.example.org"),
        ({**ANSWERS, "INBOUND_PROVIDER": "pigeon"}, "Set INBOUND_PROVIDER to a provider that"),
        ({**ANSWERS, "INBOUND_SECRET": "a:b"}, "Set INBOUND_SECRET to user:password"),
        ({**ANSWERS, "INBOUND_SECRET": "a" * 40}, "Set INBOUND_SECRET to user:password"),
        ({**ANSWERS, "INBOUND_DOMAIN": None}, "Set INBOUND_DOMAIN to the domain whose mail"),
        ({"MAILBOX_URL": "imaps://a:b@example.org"}, "Set INBOUND_DOMAIN to the domain whose mail"),
        ({**ANSWERS, "MAILBOX_URL": "imap.example.org"}, "Set MAILBOX_URL like imaps://"),
        ({**ANSWERS, "MAILBOX_URL": "imap://a:b@example.org"}, "begin with imaps://"),
        ({"HSTS_SECONDS": "a year"}, "Set HSTS_SECONDS to a whole number of seconds"),
        ({"STATEMENT_TIMEOUT_SECONDS": "-1"}, "Set STATEMENT_TIMEOUT_SECONDS to a whole number"),
    ],
)
def test_what_is_missing_or_unsafe_is_refused_in_one_sentence(changes, says):
    wanted = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    sentences = unmet_demands(wanted)
    assert len(sentences) == 1
    assert says in sentences[0]


def test_a_good_environment_is_not_refused():
    more = {"SITE_URL": "https://www.example.net:8443", "DEBUG": "0", "HSTS_SECONDS": "3600"}
    assert unmet_demands(GOOD) == []
    assert unmet_demands({**GOOD, **more}) == []


def test_nothing_starts_and_every_reason_is_given_at_once(own_data):
    done = run("-c", "import sys; sys.path.insert(0, 'site'); import config.wsgi", SECRET_KEY="",
               ALLOWED_HOSTS="*", DEBUG="1")  # fmt: skip
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    for said in ("Set SECRET_KEY", "instead of *", "Unset DEBUG"):
        assert said in done.stderr


def settings_of(**changes):
    script = (
        "import sys, json; sys.path[:0] = ['site', '.']\n"
        "from config.settings import production as p\n"
        "found = {name: getattr(p, name) for name in dir(p) if name.isupper()}\n"
        "print(json.dumps(found, default=lambda value: type(value).__name__))"
    )
    done = run("-c", script, **changes)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_proxy_header_is_trusted_only_where_the_operator_says_so(own_data):
    assert "SECURE_PROXY_SSL_HEADER" not in settings_of()
    assert settings_of(BEHIND_HTTPS_PROXY="1")["SECURE_PROXY_SSL_HEADER"][1] == "https"


def test_everything_is_https_and_debug_is_off(own_data):
    settings = settings_of(DEBUG="0")
    assert settings["DEBUG"] is False
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] > 0
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["ALLOWED_HOSTS"] == ["data.example.org", ".example.net"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == [GOOD["SITE_URL"]]
    assert "Manifest" in settings["STORAGES"]["staticfiles"]["BACKEND"]


def test_postgresql_ends_a_query_that_takes_too_long(own_data):
    url = "postgresql://me:secret@db.example.org/exchange?sslmode=require"
    options = settings_of(DATABASE_URL=url)["DATABASES"]["default"]["OPTIONS"]
    assert options == {"sslmode": "require", "options": "-c statement_timeout=30000"}
    patient = settings_of(DATABASE_URL=url, STATEMENT_TIMEOUT_SECONDS="0")
    assert "options" not in patient["DATABASES"]["default"]["OPTIONS"]


def test_mail_goes_where_email_url_says(own_data):
    url = "submission://me%40example.org:p%2Fw@mail.example.org"
    settings = settings_of(EMAIL_URL=url, ADMINS="one@example.org, two@example.org")
    assert settings["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert settings["EMAIL_HOST"] == "mail.example.org"
    assert settings["EMAIL_PORT"] == 587
    assert settings["EMAIL_USE_TLS"] is True
    assert settings["EMAIL_HOST_USER"] == "me@example.org"
    assert settings["EMAIL_HOST_PASSWORD"] == "p/w"
    assert settings["DEFAULT_FROM_EMAIL"] == "practice-exchange@data.example.org"
    assert [mail for _name, mail in settings["ADMINS"]] == ["one@example.org", "two@example.org"]
    assert settings_of()["EMAIL_BACKEND"].endswith("dummy.EmailBackend")


def test_mail_goes_through_the_provider_that_is_named(own_data):
    settings = settings_of(MAIL_PROVIDER="Postmark", POSTMARK_SERVER_TOKEN="token")
    assert settings["EMAIL_BACKEND"] == "anymail.backends.postmark.EmailBackend"
    assert settings["ANYMAIL"] == {"POSTMARK_SERVER_TOKEN": "token"}


def test_answers_come_by_another_provider_than_the_one_that_sends(own_data):
    keys = {"MAILGUN_WEBHOOK_SIGNING_KEY": "key", "MAILBOX_URL": "imaps://a:b@imap.example.org"}
    told = {**ANSWERS, "INBOUND_PROVIDER": "Mailgun", "INBOUND_DOMAIN": " In.Example.org", **keys}
    settings = settings_of(EMAIL_URL="submission://a:b@mail.example.org", **told)
    assert settings["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert settings["ANYMAIL"] == {"MAILGUN_WEBHOOK_SIGNING_KEY": "key"}
    assert settings["INBOUND_PROVIDER"] == "mailgun"
    assert settings["INBOUND_DOMAIN"] == "in.example.org"
    assert settings_of()["INBOUND_DOMAIN"] == settings_of()["INBOUND_PROVIDER"] == ""


def test_mail_can_go_into_a_folder(own_data):
    settings = settings_of(MAIL_DIR="/tmp/mails")
    assert settings["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert settings["EMAIL_FILE_PATH"] == "/tmp/mails"


def test_an_organisation_s_door_is_opened_by_setting(own_data):
    assert settings_of()["SOCIALACCOUNT_PROVIDERS"] == {}
    server = {"OIDC_SERVER": "https://login.example.org", "OIDC_CLIENT_ID": "me",
              "OIDC_CLIENT_SECRET": "secret", "OIDC_NAME": "Ministry"}  # fmt: skip
    [app] = settings_of(**server)["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert (app["client_id"], app["secret"], app["name"]) == ("me", "secret", "Ministry")
    assert app["settings"] == {"server_url": "https://login.example.org"}


def test_nobody_switches_the_second_factor_off_in_production(own_data):
    assert settings_of(SECOND_FACTOR="0")["SECOND_FACTOR_REQUIRED"] is True


LOGGING_SCRIPT = """
import sys; sys.path[:0] = ['site', '.']
import logging, logging.config
from django.conf import settings
logging.config.dictConfig(settings.LOGGING)
from django.test import RequestFactory
request = RequestFactory().get("/en/search/", {"q": "CANARY"}, REMOTE_ADDR="203.0.113.7")
log = logging.getLogger("django.request")
log.warning("Not Found: %s", "/en/x/\\x1b[31m\\nforged", extra={"request": request})
try:
    raise ValueError("Key (email)=(CANARY) of ana@example.org at /en/search/?q=CANARY")
except ValueError:
    log.exception("Failed for ana@example.org", extra={"request": request})
"""


def test_the_log_is_one_json_line_per_event_without_personal_data(own_data):
    done = run("-c", LOGGING_SCRIPT)
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stderr.splitlines())
    assert first["level"] == "warning"
    assert first["logger"] == "django.request"
    assert first["event"] == "Not Found: /en/x/\x1b[31m\nforged"
    assert "\x1b" not in done.stderr
    assert "ValueError" in second["exception"]
    for secret in ("CANARY", "ana@example.org", "203.0.113.7"):
        assert secret not in done.stderr


MAIL_SCRIPT = LOGGING_SCRIPT.replace(
    "from django.test import RequestFactory",
    "import django; django.setup(); settings.EMAIL_BACKEND = "
    "'django.core.mail.backends.console.EmailBackend'\n"
    "from django.test import RequestFactory",
)


def test_the_admins_mail_names_the_error_but_no_person(own_data):
    done = run("-c", MAIL_SCRIPT, ADMINS="admin@example.org")
    assert done.returncode == 0, done.stderr
    assert "To: admin@example.org" in done.stdout
    assert "ValueError" in done.stdout
    assert "GET /en/search/" in done.stdout
    for secret in ("CANARY", "ana@example.org", "203.0.113.7"):
        assert secret not in done.stdout


@pytest.mark.parametrize(
    "harmless", ["Is it 3.11.7?", "Rabat 2019: 18 answers", "/en/practices/chile/", "a=b (c)"]
)
def test_harmless_text_stays(harmless):
    assert without_personal_data(harmless) == harmless
