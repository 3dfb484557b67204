"""What is known about a person, in which tables, and what happens to it when the person leaves.

Every app declares its models with a link to a user in its `personal.py`, which is looked for in
all apps. A model that is not declared fails the suite, so that nobody is forgotten.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models


class Erasure(Enum):
    """What becomes of the rows of a person who leaves."""

    DELETE = "delete"  # they are about this person only
    UNLINK = "unlink"  # they stay, the link to the person is emptied
    KEEP = "keep"  # they stay with the link to an account that no longer names anybody


@dataclass(frozen=True)
class Personal:
    """How one model is exported and erased.

    `owners` are its links to a user; a row belongs to whoever any of them names. `exported` are
    the fields that the person is given (all but the links, where it is empty), and `given_to` the
    links to whom they are given (all, where it is empty). `also` is called with (user, their
    rows) before the erasure and after the export, for what is in no field.
    """

    model: str  # "app_label.ModelName"
    owners: tuple[str, ...]
    erasure: Erasure
    exported: tuple[str, ...] = ()
    given_to: tuple[str, ...] = ()  # where others of the owners would get words that are not theirs
    blanked: dict[str, Any] = field(default_factory=dict)  # values for fields that name the person
    also: Callable[[Any, Any], None] | None = None

    def rows(self, user: Any) -> models.QuerySet[Any]:
        """Return the rows of this person."""
        return self._linked(user, self.owners)

    def _linked(self, user: Any, links: tuple[str, ...]) -> models.QuerySet[Any]:
        model = apps.get_model(self.model)
        mine = models.Q()
        for link in links:
            mine |= models.Q(**{link: user})
        return model._default_manager.filter(mine)

    def export(self, user: Any) -> Iterator[dict[str, Any]]:
        """Yield what is known, a row at a time, as plain values."""
        model = apps.get_model(self.model)
        linked = {owner.split("__")[0] for owner in self.owners}
        names = self.exported or tuple(
            f.name for f in model._meta.concrete_fields if f.name not in linked
        )
        mine = self._linked(user, self.given_to or self.owners)
        yield from mine.order_by("pk").values(*names)

    def erase(self, user: Any) -> int:
        """Erase as declared; return the number of rows touched."""
        rows = self.rows(user)
        if self.also:
            self.also(user, rows)
        if self.erasure is Erasure.DELETE:
            return rows.delete()[0]
        count = rows.update(**self.blanked) if self.blanked else rows.count()
        if self.erasure is Erasure.UNLINK:
            model = apps.get_model(self.model)
            for owner in self.owners:
                model._default_manager.filter(**{owner: user}).update(**{owner: None})
        return count


_declared: dict[str, Personal] = {}


def register(*declared: Personal) -> None:
    """Declare models; each once."""
    for each in declared:
        _declared[each.model.lower()] = each


def declared() -> Iterable[Personal]:
    """Return what is declared, by the name of the model."""
    return [_declared[name] for name in sorted(_declared)]


def undeclared() -> list[str]:
    """Return the models with a link to a user that nobody has declared."""
    user = apps.get_model(settings.AUTH_USER_MODEL)
    found = []
    for model in apps.get_models(include_auto_created=True):
        # What a page type has from Page is declared with Page.
        own = [f for f in model._meta.get_fields() if f.concrete and f.model is model]
        links = [f for f in own if f.is_relation]
        names_user = any(f.related_model is user for f in links)
        if names_user and model is not user and model._meta.label_lower not in _declared:
            found.append(model._meta.label)
    return sorted(found)
