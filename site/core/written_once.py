"""Records that are written once and stay: who answered for what, and what was done."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext as _


class WrittenOnceError(TypeError):
    """Somebody tried to change what is only ever added to."""

    def __init__(self) -> None:
        super().__init__(_("A record stays as it was written."))


class WrittenOnceQuerySet(models.QuerySet[Any]):
    """Rows that are neither changed nor deleted."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise WrittenOnceError

    def delete(self) -> NoReturn:
        """Refuse."""
        raise WrittenOnceError

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """Add rows; refuse to write over any that are there."""
        if kwargs.get("update_conflicts"):
            raise WrittenOnceError
        return super().bulk_create(objs, *args, **kwargs)


class WrittenOnce(models.Model):
    """A record that neither this site nor its editor changes or deletes.

    What it points to may go all the same: then the database clears the reference, or takes the
    record along where it means nothing alone.
    """

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add this record; one that is there is not changed, nor written over by its number."""
        if not self._state.adding:
            raise WrittenOnceError
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise WrittenOnceError
