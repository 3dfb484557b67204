"""The default: one machine, SQLite, mail on the console. Never for a public address."""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import EMAIL_BACKEND, STORAGES
from config.settings.mail import mail_settings

# Off, so that `make run` shows what readers will see; `make dev` turns it on.
DEBUG = os.environ.get("DEBUG") == "1"
# A fixed key keeps a developer logged in over restarts; production refuses to start with it.
SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-development-never-in-production")
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Static files straight from the apps, images by Django itself: no web server in front.
WHITENOISE_USE_FINDERS = True
SERVE_IMAGES = True
# On the console, unless MAIL_DIR, EMAIL_URL or MAIL_PROVIDER say otherwise.
globals().update(mail_settings(os.environ, EMAIL_BACKEND))
# A demonstration on one's own machine may do without a telephone at hand.
SECOND_FACTOR_REQUIRED = os.environ.get("SECOND_FACTOR") != "0"
