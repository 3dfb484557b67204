"""The one place that decides which files a visitor may open and an editor may change."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import Http404
from wagtail.models import CollectionViewRestriction
from wagtail.permissions import policy_registry

from library import reasons
from library.models import LibraryFile, TextStatus


def restricted_paths() -> list[str]:
    """Tree paths of the collections that only some may see; what lies below is theirs too."""
    return list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))


def is_public(collection_path: str, closed: list[str]) -> bool:
    """Whether a collection lies outside every restricted one."""
    return not any(collection_path.startswith(path) for path in closed)


def public_files() -> QuerySet[LibraryFile]:
    """Files that everybody may open: safe, and in no restricted collection; one query."""
    path = ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    here_or_above = CollectionViewRestriction.objects.alias(below=path)
    closed = Exists(here_or_above.filter(below__startswith=F("collection__path")))
    return LibraryFile.objects.exclude(closed).exclude(text_reason__in=reasons.WITHHELD)


def findable() -> Q:
    """Files that search may offer: read, or at least worth opening."""
    return Q(text_status=TextStatus.READY) | Q(text_reason__in=reasons.OPENS_ANYWAY)


def public_file(file_id: int) -> LibraryFile:
    """The file, or the same 404 for one that is missing, restricted or withheld."""
    try:
        return public_files().get(pk=file_id)
    except LibraryFile.DoesNotExist:
        raise Http404("There is no public file with this number.") from None


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
