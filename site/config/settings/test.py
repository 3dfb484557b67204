"""What the suite runs with: the real parts, in throw-away places."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, STORAGES

SECRET_KEY = "only-for-the-test-suite"
ALLOWED_HOSTS = ["*"]
# Each process has its own: processes that test side by side must not share an index.
DATA_DIR = Path(tempfile.mkdtemp(prefix="practice-exchange-test-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
MEDIA_ROOT = DATA_DIR / "media"
SEARCH_INDEX_DIR = DATA_DIR / "index"
STORAGES = STORAGES | {
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "private"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The hook is there; what comes by it counts where a test sets INBOUND_DOMAIN.
INBOUND_DOMAIN, INBOUND_PROVIDER, INBOUND_SECRET, MAILBOX_URL = "", "postmark", "hook:secret", ""
# DATABASE_URL chooses PostgreSQL (tests/postgresql.py brings one). tests/seeded.py brings the
# databases; until it has, nothing may touch the one that `make run` uses.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if "DATABASE_URL" not in os.environ:
    DATABASES["default"]["NAME"] = str(DATA_DIR / "none.sqlite3")
