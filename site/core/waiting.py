"""What waits for somebody, whatever part of the site it belongs to; each part lends its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, Func, IntegerField, QuerySet, Subquery


@dataclass(frozen=True)
class Waiting:
    """A kind of thing that waits: how many there are, and where they are dealt with.

    `rows` may stand for their number: all such rows are counted in one query.
    """

    label: Any
    url: str
    count: int = 0
    note: Any = ""
    rows: QuerySet[Any] | None = None


Source = Callable[[Any], Waiting | None]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Show what `source(user)` returns, in the order of registration; None: not for this person."""
    _sources[name] = source


def waiting_for(user: Any) -> list[Waiting]:
    """Return what waits for this person; of what there is none, that there is none."""
    found = {name: told for name, source in _sources.items() if (told := source(user)) is not None}
    rows = {name: told.rows for name, told in found.items() if told.rows is not None}
    counted = _counted(user, rows) if rows else {}
    return [
        replace(told, count=counted[name], rows=None) if name in counted else told
        for name, told in found.items()
    ]


def _counted(user: Any, rows: dict[str, QuerySet[Any]]) -> dict[str, int]:
    numbers = {
        f"number_of_{name}": Subquery(
            each.order_by()
            .annotate(number=Func(F("pk"), function="COUNT", output_field=IntegerField()))
            .values("number")
        )
        for name, each in rows.items()
    }
    # One row to hang them on: whoever asks.
    told: Any = get_user_model()._default_manager.filter(pk=user.pk).values(**numbers).get()
    return {name: told[f"number_of_{name}"] for name in rows}
