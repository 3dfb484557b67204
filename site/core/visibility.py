"""Which pages everyone may read: the one place that decides it."""

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound=PageQuerySet)


def unexpired() -> Q:
    """Match pages that have not expired, whether or not cron has run yet."""
    return Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())


def unrestricted() -> Q:
    """Match pages with no restriction on themselves or above, as part of the same query.

    The same as Wagtail's `public()`, which would ask for all restrictions first, each time.
    """
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    here_or_above = PageViewRestriction.objects.alias(below=path)
    return ~Q(Exists(here_or_above.filter(below__startswith=F("page__path"))))


def live_public(pages: Pages) -> Pages:
    """Keep the pages that are published, unexpired and below no restriction."""
    visible: Pages = pages.live().filter(unexpired() & unrestricted())
    return visible
