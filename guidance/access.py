"""Who may open which version of a guidance."""

from typing import Any

from wagtail.query import PageQuerySet

from core.visibility import audiences_of, live_for
from guidance.models import GuidancePage


def openable(user: Any) -> PageQuerySet:
    """Return the versions of guidance that somebody may open now."""
    return live_for(GuidancePage.objects.select_related("locale"), audiences_of(user))
