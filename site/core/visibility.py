"""Which pages everyone may read: the one place that decides it."""

from typing import TypeVar

from django.db.models import Q
from django.utils import timezone
from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound=PageQuerySet)


def unexpired() -> Q:
    """Match pages that have not expired, whether or not cron has run yet."""
    return Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())


def live_public(pages: Pages) -> Pages:
    """Keep the pages that are published, unexpired and below no restriction."""
    visible: Pages = pages.live().public().filter(unexpired())
    return visible
