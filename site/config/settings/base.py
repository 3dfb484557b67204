"""Settings that hold everywhere; `production` and `dev` only add what differs.

Every value that a deployment may change is read from the environment, so that no file of the
project has to be edited to run it.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.settings.accounts import *  # noqa: F403
from config.settings.mail import inbound_provider_of

BASE_DIR = Path(__file__).resolve().parents[3]
# Everything that changes at run time lives below this one folder: database, media, indexes.
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "var"))
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "users.User"

INSTALLED_APPS = [
    "config",
    "communities",
    "workshops",
    "countries",
    "pages",
    "reviewing",
    "adoption",
    "practices",
    "guidance",
    "library",
    "safeguarding",
    "members",
    "search",
    "core",
    "vocabulary",
    "users",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "ninja",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.caching.NothingShared",
    "core.cookies.WithoutBrokenCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "core.languages.AccountsFollowTheReader",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "members.middleware.RolesOfToday",
    "members.middleware.SecondFactorFirst",
    "django_htmx.middleware.HtmxMiddleware",
    "core.addresses.RequestAtHand",
    "core.routing.StraightToThePage",
    "core.redirects.RedirectsForThoseWhoMayOpen",
    "core.space.ToldWhenFull",
    "core.blocked.ToldWhenBlocked",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "core.context.site",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at BEGIN: read-then-write transactions of several
    # processes queue instead of failing with "database is locked" (measured: 0 of 2,400
    # against 1,330 of 2,400). NORMAL with WAL may lose the last commits at a power cut,
    # never the database; docs/operate.md says so.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 0
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    },
    # The rows of the copies of pictures are read together; a cache in rows would be no faster.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# Whether Django itself serves images; the web server does it in production.
SERVE_IMAGES = os.environ.get("SERVE_IMAGES") == "1"
STATIC_ROOT = BASE_DIR / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What members show each other: beside the media, so that no web server hands it out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(DATA_DIR / "private"),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A long page form has more fields than Django's default limit of 1,000 allows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Languages ----------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("ar", _("Arabic")),
]
WAGTAIL_I18N_ENABLED = True
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- Accounts -----------------------------------------------------------------------------
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_LOGIN_URL = "/admin/login/"
LOGIN_REDIRECT_URL = "/"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "practice-exchange@localhost")
# The domain whose mail comes back to this site, for answers by mail. Empty: there are none.
INBOUND_DOMAIN = os.environ.get("INBOUND_DOMAIN", "").strip().lower()
# It comes by the hook of a provider, which says user:password, or lies in a mailbox.
INBOUND_PROVIDER = inbound_provider_of(os.environ)
INBOUND_SECRET = os.environ.get("INBOUND_SECRET", "")
MAILBOX_URL = os.environ.get("MAILBOX_URL", "").strip()

# --- Background work ----------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Wagtail ------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Practice Exchange"
WAGTAILADMIN_BASE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "library.LibraryFile"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "library.forms.LibraryFileForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Inline, so that a hit opens the file at its page; Wagtail sends it with a policy of its own.
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# Shared passwords are stored in plain text; every reader here has an account of their own.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
# Nothing is asked of other hosts, not even for the newest version of Wagtail.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# A translation begins as a draft: published at once it would be the original under a false name.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Address and password are changed where they are confirmed, never in the editor's own form.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# Where a ClamAV daemon listens, as /run/clamav/clamd.ctl or host:3310; empty: no file is scanned.
CLAMD = os.environ.get("CLAMD", "")

# Shown at the foot of every page: where readers reach the secretariat. Empty: not shown.
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "")

# --- Search -------------------------------------------------------------------------------
# A folder or a model name that sentence-transformers can load; empty: the packaged model.
SEARCH_ENCODER = os.environ.get("SEARCH_ENCODER", "")
# SHA-256 that its weights must have, for a model that came over the network; empty: any.
SEARCH_ENCODER_SHA256 = os.environ.get("SEARCH_ENCODER_SHA256", "").strip().lower()
SEARCH_INDEX_DIR = DATA_DIR / "index"
# What runs the model: "exported" (OpenVINO, made by `manage.py export_model`; where there is no
# export, sentence-transformers), or "sentence-transformers" always.
SEARCH_RUNTIME = os.environ.get("SEARCH_RUNTIME", "exported")
SEARCH_MODELS_DIR = Path(os.environ.get("SEARCH_MODELS_DIR", DATA_DIR / "models"))
# Where Debian puts the modes of Apertium's language pairs and the dictionaries of FreeDict.
APERTIUM_MODES = Path(os.environ.get("APERTIUM_MODES", "/usr/share/apertium/modes"))
FREEDICT_DIR = Path(os.environ.get("FREEDICT_DIR", "/usr/share/dictd"))
# What a search may use, of search.layers.LAYERS; each counts only where it is installed.
SEARCH_LAYERS = [
    name.strip()
    for name in os.environ.get(
        "SEARCH_LAYERS", "words,meaning,vocabulary,translation,dictionary"
    ).split(",")
    if name.strip()
]
# Where vectors are searched: "memory" (FAISS, in each process) or "pgvector" (in PostgreSQL).
SEARCH_VECTORS = os.environ.get("SEARCH_VECTORS", "memory")

# Whether questions that find nothing are counted (without their text, search/gaps.py), and for
# how many months `prune_gaps` keeps them.
SEARCH_GAPS = os.environ.get("SEARCH_GAPS", "1") == "1"
SEARCH_GAP_MONTHS = int(os.environ.get("SEARCH_GAP_MONTHS", "24"))
# On how many different days something must have been searched for in vain before others than the
# secretariat see it on the gap map.
GAP_MAP_THRESHOLD = max(2, int(os.environ.get("GAP_MAP_THRESHOLD", "3")))

# A site to learn on: countries that are made up may be loaded, and every page says so.
TRAINING_SITE = os.environ.get("TRAINING_SITE", "0") == "1"

# --- Security -----------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False  # the Wagtail editor reads it
CONTENT_SECURITY_POLICY = {
    # The editor's interface and the API's documentation bring inline styles and scripts of their
    # own; they hold nothing that a visitor wrote.
    "EXCLUDE_URL_PREFIXES": ("/admin/", "/api/v1/docs"),
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"brief": {"()": "config.logs.BriefRefusals"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "failures": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"filters": ["brief"]},
        # Wagtail keeps its audit log in the database; on the console it would drown the rest.
        "wagtail": {"level": "WARNING"},
        "faiss.loader": {"level": "WARNING"},
        # Every published page is a handful of tasks: only what fails is worth a line. By the
        # handler, because `db_worker` sets the level of the logger.
        "django_tasks": {"handlers": ["failures"], "propagate": False},
    },
}
