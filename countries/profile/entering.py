"""Entering several facts of a profile at once."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from countries.keeping import TakenError, keep
from countries.models import ProfileEntry


def held(about: str, kind: str) -> set[str]:
    """Return the codes of a kind that a country's profile holds."""
    rows = ProfileEntry.objects.filter(about=about, kind=kind).order_by()
    return set(rows.values_list("code", flat=True))


def enter(about: str, kind: str, codes: Iterable[str], user: Any, **said: Any) -> list[str]:
    """Store facts that are not held yet; return the codes of those that were, left as they are."""
    left = []
    with transaction.atomic():
        for code in codes:
            try:
                keep(ProfileEntry(about=about, kind=kind, code=code, **said), user, "")
            except TakenError:
                left.append(code)
    return left
