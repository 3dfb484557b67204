"""What the library adds to Wagtail: safe serving, a report, and steps that signals do not see."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from library import reasons
from library.access import may_change, may_change_any
from library.models import LibraryFile
from library.reports import FileTextsView
from search import index


@hooks.register("before_serve_document", order=-1)
def withhold_unsafe_files(document: LibraryFile, request: HttpRequest) -> None:
    """Hand a file that is not what its name says to nobody but its editors."""
    if document.text_reason not in reasons.WITHHELD:
        return
    if not may_change(request.user, document):
        raise Http404("There is no public file at this address.")


@hooks.register("after_bulk_action")
def refresh_moved_files(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: object
) -> None:
    """Re-index files that were moved to a collection together: that sends no signal."""
    files = [each.pk for each in objects if isinstance(each, LibraryFile)]
    if files and action_type == "add_to_collection":
        index.refresh("file", files)


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """Addresses of the report on the texts of files."""
    view, results = FileTextsView.as_view(), FileTextsView.as_view(results_only=True)
    return [
        path("reports/files/", view, name="file_texts"),
        path("reports/files/results/", results, name="file_texts_results"),
    ]


class FileTextsMenuItem(MenuItem):
    """Shown to whoever may change a file."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same permission policy as the report itself."""
        return may_change_any(request.user)


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    """The entry in the menu of reports."""
    return FileTextsMenuItem(
        _("Texts of files"), reverse("file_texts"), icon_name="doc-full", order=700
    )
