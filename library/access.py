"""The one place that decides which files a visitor may open and an editor may change."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from wagtail.models import CollectionViewRestriction
from wagtail.permissions import policy_registry

from core.visibility import EVERYBODY, Audiences, closed_to
from library import reasons
from library.models import LibraryFile, TextStatus


def files_for(audiences: Audiences) -> QuerySet[LibraryFile]:
    """Return the files that these audiences may open: safe, and open to them; one query."""
    closed = closed_to(audiences, CollectionViewRestriction, "collection__path", "collection__path")
    return LibraryFile.objects.exclude(closed).exclude(text_reason__in=reasons.WITHHELD)


def public_files() -> QuerySet[LibraryFile]:
    """Return the files that everybody may open."""
    return files_for(EVERYBODY)


def findable() -> Q:
    """Files that search may offer: read, or at least worth opening."""
    return Q(text_status=TextStatus.READY) | Q(text_reason__in=reasons.OPENS_ANYWAY)


def open_file(file_id: int, audiences: Audiences) -> LibraryFile:
    """The file, or the same 404 for one that is missing, withheld or closed to these audiences."""
    try:
        return files_for(audiences).get(pk=file_id)
    except LibraryFile.DoesNotExist:
        raise Http404("There is no file with this number for this reader.") from None


def may_change(user: Any, file: LibraryFile) -> bool:
    """Whether this user may change this file."""
    policy = policy_registry.get_by_type(LibraryFile)
    return bool(policy.user_has_permission_for_instance(user, "change", file))


def may_change_any(user: Any) -> bool:
    """Whether there can be a file that this user may change."""
    return bool(policy_registry.get_by_type(LibraryFile).user_has_permission(user, "change"))


def changeable_files(user: Any) -> QuerySet[LibraryFile]:
    """The files that this user may change."""
    files = policy_registry.get_by_type(LibraryFile)
    return files.instances_user_has_permission_for(user, "change")
