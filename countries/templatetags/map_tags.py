"""Cells of the gap map, for templates."""

from django import template

from countries.map.asked import Asked
from countries.map.grid import Cell
from countries.map.world import in_words

register = template.Library()


@register.simple_tag
def map_address(asked: Asked, **changed: str) -> str:
    """Return the query string of a reading with something else in it."""
    return asked.address(**changed)


@register.filter
def told(cell: Cell, name: str) -> str:
    """Return a cell in words: "Georgia: 3 known, 5 wanted"."""
    return in_words(name, cell)


@register.simple_tag
def indented(name: str, depth: int) -> str:
    """Return a name of a list box as deep as it stands."""
    return "\u2003" * depth + name
