"""What pages show by who reads them."""

from typing import Any

from django import template

from members import access
from members.roles import is_secretariat

register = template.Library()


@register.filter
def has_editor(user: Any) -> bool:
    """Return whether somebody may enter the editor."""
    return bool(user.is_active) and access.has_editor(user)


@register.filter
def is_of_secretariat(user: Any) -> bool:
    """Return whether somebody works for the secretariat today."""
    return is_secretariat(user)
