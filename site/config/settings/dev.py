"""The default: one machine, SQLite, mail on the console. Never for a public address."""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES

DEBUG = os.environ.get("DEBUG", "1") == "1"
# A fixed key keeps a developer logged in over restarts; production refuses to start with it.
SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-development-never-in-production")
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
