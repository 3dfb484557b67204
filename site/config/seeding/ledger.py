"""Remembers what was loaded, so that what an editor has deleted does not come back."""

from django.db.models import Model

from core.models import SeededItem


def first_time(model: type[Model], external_id: str, language: str = "") -> bool:
    """Note that this is being loaded; False when an earlier load had it, deleted since or not."""
    _item, new = SeededItem.objects.get_or_create(
        kind=model._meta.label_lower, external_id=external_id, language=language
    )
    return new


def loaded_before(model: type[Model], external_id: str) -> bool:
    """Return whether an earlier load had this in any language: if it is missing, that is meant."""
    items = SeededItem.objects.filter(kind=model._meta.label_lower, external_id=external_id)
    return items.exists()
