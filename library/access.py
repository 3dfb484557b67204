"""The one place that decides which files a visitor may open and an editor may change."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from wagtail.models import CollectionViewRestriction, Page
from wagtail.permissions import policy_registry

from core.linked import shown
from core.visibility import EVERYBODY, Audiences, audiences_of, closed_to, live_for
from library import reasons
from library.models import LibraryFile, TextStatus
from safeguarding.access import may_see


def files_for(audiences: Audiences) -> QuerySet[LibraryFile]:
    """Return the files that these audiences may open: safe, and open to them; one query."""
    on_its_page = Q(page=None) | Q(shown=True, page__in=live_for(Page.objects.all(), audiences))
    return _in_open_collections(audiences).filter(on_its_page, withheld="")


def _in_open_collections(audiences: Audiences) -> QuerySet[LibraryFile]:
    closed = closed_to(audiences, CollectionViewRestriction, "collection__path", "collection__path")
    files: QuerySet[LibraryFile] = LibraryFile.objects.exclude(closed)
    return files


def public_files() -> QuerySet[LibraryFile]:
    """Return the files that everybody may open."""
    return files_for(EVERYBODY)


def findable() -> Q:
    """Files that search may offer: read, or at least worth opening."""
    worth_it = Q(text_status=TextStatus.READY) | Q(text_reason__in=reasons.OPENS_ANYWAY)
    return worth_it & Q(withheld="") & (Q(page=None) | Q(shown=True))


def open_file(file_id: int, user: Any) -> LibraryFile:
    """The file, or the same 404 for one that is missing, withheld or closed to this reader."""
    file = LibraryFile.objects.filter(pk__in=openable(user, [file_id])).first()
    if file is None:
        raise Http404("There is no file with this number for this reader.")
    return file


def may_open(user: Any, file: LibraryFile) -> bool:
    """Whether this user may open this file."""
    return file.pk in openable(user, [file.pk])


def openable(user: Any, ids: Iterable[int]) -> set[int]:
    """Return those of these files that this user may open, with few queries for all of them.

    Beside what is open to their audiences these are files of pages that they read before the
    public; what such a file still shows of its making is theirs to see, too.
    """
    ids, audiences = list(ids), audiences_of(user)
    found = set(files_for(audiences).filter(pk__in=ids).values_list("pk", flat=True))
    files = _in_open_collections(audiences).filter(pk__in=set(ids) - found).exclude(page=None)
    files = files.filter(withheld__in=("", reasons.REVISIONS)).select_related("page")
    read: dict[int, bool] = {}
    for file in files:
        if file.page and file.page_id not in read:
            read[file.page_id] = may_see(user, shown(file.page_id) or file.page.specific)
    return found | {file.pk for file in files if read[file.page_id]}


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
