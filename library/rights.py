"""Which files somebody finds and changes in the editor's interface."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from library.models import LibraryFile
from members.roles import is_secretariat


class FileRights(CollectionOwnershipPermissionPolicy):
    """By collection, as Wagtail's own; files of pages that are not public: the secretariat's."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: LibraryFile
    ) -> bool:
        """Return whether somebody may do one of these things with a file."""
        if instance.page_id is not None and not instance.shown and not is_secretariat(user):
            return False
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[LibraryFile]:
        """Return the files with which somebody may do one of these things."""
        files: QuerySet[LibraryFile] = super().instances_user_has_any_permission_for(user, actions)
        return files if is_secretariat(user) else files.filter(Q(page=None) | Q(shown=True))
