"""What `manage.py check --deploy` tells about a deployment beyond Django's own checks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, register


@register(deploy=True)
def one_machine(**kwargs: Any) -> list[CheckMessage]:
    """SQLite is sound for one machine; nobody should learn only at the second that it is not."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return []
    return [
        Info(
            "The database is SQLite: good for one machine and moderate traffic.",
            hint="For several machines set DATABASE_URL to a PostgreSQL database.",
            id="config.I001",
        )
    ]


@register(deploy=True)
def mail_leaves_the_site(**kwargs: Any) -> list[CheckMessage]:
    """Without mail nobody can confirm an address or reset a password."""
    if not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return []
    return [
        Info(
            "No mail is sent: nobody can sign up or reset a password.",
            hint="Set EMAIL_URL (submission://user:password@example.org:587) or MAIL_PROVIDER.",
            id="config.I002",
        )
    ]


@register(deploy=True)
def answers_come_in(**kwargs: Any) -> list[CheckMessage]:
    """Addresses that are given out but not read would swallow what people write."""
    if not settings.INBOUND_DOMAIN or settings.INBOUND_PROVIDER or settings.MAILBOX_URL:
        return []
    return [
        Info(
            f"Answers by mail go to {settings.INBOUND_DOMAIN}, and this process does not read it.",
            hint="See that `manage.py fetch_mail` runs with MAILBOX_URL, or set INBOUND_PROVIDER.",
            id="config.I003",
        )
    ]
