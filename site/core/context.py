"""What every template may rely on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name and languages, where readers may write to, if it is for training."""
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "languages": settings.LANGUAGES,
        "contact": settings.CONTACT_EMAIL,
        "training_site": settings.TRAINING_SITE,
    }
