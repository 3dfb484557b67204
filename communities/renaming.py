"""Whoever is renamed or deleted takes the name along, out of the texts that called them by it."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver

from communities import mentions
from users.models import User

_BEFORE = "_name_before"


@receiver(pre_save, sender=User)
def keep_name_before(
    sender: type[User],
    instance: User,
    raw: bool,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Remember the name that stands in the database, where another may be written over it."""
    named = update_fields is None or not {"first_name", "last_name"}.isdisjoint(update_fields)
    if raw or instance.pk is None or not named:
        return
    if stored := User.objects.filter(pk=instance.pk).first():
        setattr(instance, _BEFORE, stored.get_full_name().strip())


@receiver(post_save, sender=User)
def renamed(sender: type[User], instance: User, **kwargs: Any) -> None:
    """Let texts call somebody by the new name; an erased person has none and is called no more."""
    before = instance.__dict__.pop(_BEFORE, "")
    if before and before != instance.get_full_name().strip() and not instance.is_erased:
        mentions.rename(instance, before)


@receiver(pre_delete, sender=User)
def deleted(sender: type[User], instance: User, **kwargs: Any) -> None:
    """Take the name out of texts before the rows go that say who was called."""
    mentions.forget(instance)
