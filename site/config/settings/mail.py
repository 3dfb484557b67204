"""How mail leaves the site: by environment, the same in every kind of settings."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_email_url

# What names of a provider's own settings end with (docs of django-anymail, each provider's page).
ENDINGS: tuple[str, ...] = (
    *("_API_KEY", "_API_URL", "_API_TOKEN", "_SECRET_KEY", "_SERVER_TOKEN", "_SENDER_DOMAIN"),
    *("_CLIENT_PARAMS", "_PROJECT_ID", "_WEBHOOK_SECRET"),
)


def mail_settings(environment: Mapping[str, str], otherwise: str) -> dict[str, Any]:
    """Return Django's settings for mail; `otherwise` is the backend where nothing is set.

    MAIL_PROVIDER is a provider of django-anymail, EMAIL_URL a mail server, MAIL_DIR a folder that
    gets each mail as a file; the first that is set counts.
    """
    if provider := provider_of(environment):
        prefix = provider.upper()
        own = {
            name: value
            for name, value in environment.items()
            if name.startswith(f"{prefix}_") and name.endswith(ENDINGS)
        }
        return {"EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend", "ANYMAIL": own}
    if url := environment.get("EMAIL_URL"):
        return {name: value for name, value in dj_email_url.parse(url).items() if value}
    if folder := environment.get("MAIL_DIR"):
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(Path(folder))}
    return {"EMAIL_BACKEND": otherwise}


def provider_of(environment: Mapping[str, str]) -> str:
    """Return the module of django-anymail that is asked for, or ""."""
    return environment.get("MAIL_PROVIDER", "").strip().lower()


def is_provider(name: str) -> bool:
    """Return whether django-anymail has a backend of this name."""
    return name.isidentifier() and find_spec(f"anymail.backends.{name}") is not None
