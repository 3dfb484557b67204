"""What the form of a practice needs in its templates."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def chosen_and_empty(field: BoundField) -> list[str]:
    """Return the values that are chosen, and "" for one more."""
    value = field.value() or []
    return [*(str(each) for each in value if each), ""]
