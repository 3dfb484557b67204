"""What is invented is never shown without its mark."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from core.seeded import SeededItem
from countries.invented.loading import KIND


@register(Tags.database)
def invented_countries_are_marked(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Whoever turns the mark off, or moves such a database to a site of facts, is stopped."""
    if settings.TRAINING_SITE or not databases:
        return []
    tables = connections["default"].introspection.table_names()
    if SeededItem._meta.db_table not in tables or not _loaded():
        return []
    return [
        Error(
            "Invented answers of countries are in this database, and no page says so.",
            hint="Set TRAINING_SITE=1, or begin with a database of your own (DATA_DIR, "
            "DATABASE_URL).",
            id="countries.E001",
        )
    ]


def _loaded() -> bool:
    return SeededItem.objects.filter(kind=KIND).exists()
