"""How mail leaves the site and comes in: by environment, the same in every kind of settings."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_email_url

# What names of a provider's own settings end with (docs of django-anymail, each provider's page).
ENDINGS: tuple[str, ...] = (
    *("_API_KEY", "_API_URL", "_API_TOKEN", "_SECRET_KEY", "_SERVER_TOKEN", "_SENDER_DOMAIN"),
    *("_CLIENT_PARAMS", "_PROJECT_ID", "_WEBHOOK_SECRET", "_WEBHOOK_KEY", "_SIGNING_KEY"),
    *("_INBOUND_SECRET", "_SIGNING_SECRET", "_WEBHOOK_URL"),
)


def mail_settings(environment: Mapping[str, str], otherwise: str) -> dict[str, Any]:
    """Return Django's settings for mail; `otherwise` is the backend where nothing is set.

    MAIL_PROVIDER is a provider of django-anymail, EMAIL_URL a mail server, MAIL_DIR a folder that
    gets each mail as a file; the first that is set counts.
    """
    anymail = _anymail(environment)
    if provider := provider_of(environment):
        return {"EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend", **anymail}
    if url := environment.get("EMAIL_URL"):
        return {name: value for name, value in dj_email_url.parse(url).items() if value} | anymail
    if folder := environment.get("MAIL_DIR"):
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(Path(folder)), **anymail}
    return {"EMAIL_BACKEND": otherwise, **anymail}


def _anymail(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what django-anymail needs of the providers that send and that bring mail."""
    providers = {provider_of(environment), inbound_provider_of(environment)} - {""}
    prefixes = tuple(f"{name.upper()}_" for name in providers)
    own = {
        name: value
        for name, value in environment.items()
        if prefixes and name.startswith(prefixes) and name.endswith(ENDINGS)
    }
    return {"ANYMAIL": own} if providers else {}


def inbound_provider_of(environment: Mapping[str, str]) -> str:
    """Return the provider of django-anymail whose hook brings mail, or ""."""
    return environment.get("INBOUND_PROVIDER", "").strip().lower()


def provider_of(environment: Mapping[str, str]) -> str:
    """Return the module of django-anymail that is asked for, or ""."""
    return environment.get("MAIL_PROVIDER", "").strip().lower()


def brings_mail(name: str) -> bool:
    """Return whether django-anymail takes mail from a provider of this name."""
    return is_provider(name) and find_spec(f"anymail.webhooks.{name}") is not None


def is_provider(name: str) -> bool:
    """Return whether django-anymail has a backend of this name."""
    return name.isidentifier() and find_spec(f"anymail.backends.{name}") is not None
