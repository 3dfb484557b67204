"""What a public site runs with; it refuses to start on anything unsafe and says what to set."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.logs import json_lines
from config.settings.base import *  # noqa: F403
from config.settings.base import ALLOWED_HOSTS, DATABASES, WAGTAILADMIN_BASE_URL
from config.settings.demands import unmet_demands
from config.settings.mail import mail_settings

TRUE = {"1", "true", "yes", "on"}

if demands := unmet_demands(os.environ):
    raise ImproperlyConfigured(
        "Practice Exchange does not start in production yet:\n- " + "\n- ".join(demands)
    )

DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in ALLOWED_HOSTS]
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

# --- HTTPS everywhere ---------------------------------------------------------------------
SECURE_SSL_REDIRECT = True
# A load balancer asks these from inside, over plain HTTP, and takes a redirect for a failure.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS", 365 * 24 * 3600))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
if os.environ.get("BEHIND_HTTPS_PROXY", "").lower() in TRUE:
    # Only where a proxy always sets this header itself: a visitor could send it, too.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Else all visitors would share the proxy's address, and one of them could lock out the rest.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# The editor shows previews in a frame of the same site, so X-Frame-Options cannot be DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

# --- Data ---------------------------------------------------------------------------------
STATEMENT_TIMEOUT_SECONDS = int(os.environ.get("STATEMENT_TIMEOUT_SECONDS", 30))
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql" and STATEMENT_TIMEOUT_SECONDS:
    # One runaway query must not hold a connection, and with it a thread, for ever.
    _options = DATABASES["default"].setdefault("OPTIONS", {})
    _limit = f"-c statement_timeout={STATEMENT_TIMEOUT_SECONDS * 1000}"
    _options["options"] = f"{_options.get('options', '')} {_limit}".strip()

# --- Mail ---------------------------------------------------------------------------------
# Without EMAIL_URL or MAIL_PROVIDER no mail leaves the site; `manage.py check --deploy` says so.
EMAIL_TIMEOUT = 20
globals().update(mail_settings(os.environ, "django.core.mail.backends.dummy.EmailBackend"))
DEFAULT_FROM_EMAIL = os.environ.get(
    "DEFAULT_FROM_EMAIL", f"practice-exchange@{urlsplit(WAGTAILADMIN_BASE_URL).hostname}"
)
SERVER_EMAIL = os.environ.get("SERVER_EMAIL", DEFAULT_FROM_EMAIL)
ADMINS = [(mail, mail) for mail in os.environ.get("ADMINS", "").replace(" ", "").split(",") if mail]

LOGGING = json_lines(os.environ.get("LOG_LEVEL", "INFO").upper())
