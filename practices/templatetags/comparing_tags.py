"""Choosing practices in a list of results, to see them side by side."""

from collections.abc import Iterable

from django import template

from search.results import Hit
from search.sources import split_key

register = template.Library()


@register.filter
def practice_number(hit: Hit) -> int | None:
    """Return the number of the practice that was found, None for anything else."""
    source, number = split_key(hit.key)
    return int(number) if source == "practice" and number.isdigit() else None


@register.filter
def practices_among(hits: Iterable[Hit]) -> int:
    """Return how many of the hits are practices."""
    return sum(practice_number(hit) is not None for hit in hits)
