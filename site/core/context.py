"""What every template may rely on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, its languages and where its readers may write to."""
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "languages": settings.LANGUAGES,
        "contact": settings.CONTACT_EMAIL,
    }
