"""The five conditions for transfer, as others answer them for their own place."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.models import PracticePage


class Condition(models.TextChoices):
    """A condition for transfer; the labels are those of the practice's fields."""

    LEGAL = "legal", _("legal framework")
    CULTURAL = "cultural", _("cultural specifics")
    CAPACITY = "capacity", _("capacity")
    COOPERATION = "cooperation", _("cooperation between authorities")
    PARTNERS = "partners", _("committed partners")


class Held(models.TextChoices):
    """Whether a condition holds somewhere."""

    YES = "yes", _("Holds")
    PARTLY = "partly", _("Partly holds")
    NO = "no", _("Does not hold")
    UNKNOWN = "unknown", _("Not known")


@dataclass(frozen=True)
class Asked:
    """A condition and what a practice says of it; an empty text is not reported."""

    key: str
    label: str | Promise
    text: str


def asked_of(page: PracticePage) -> Iterator[Asked]:
    """Yield the five conditions with the words of a practice."""
    for condition in Condition:
        yield Asked(condition.value, condition.label, getattr(page, f"condition_{condition.value}"))
