"""What the library adds to Wagtail: safe serving, a report, and steps that signals do not see."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry

from core.linked import FILE, together
from library import reasons
from library.access import may_change, may_change_any, may_open, public_files
from library.models import LibraryFile
from library.reports import FileTextsView
from library.rights import FileRights
from search import index

register_permission_policy(
    LibraryFile,
    FileRights(LibraryFile, auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user"),
    exact_class=True,  # goes before Wagtail's own, whichever is registered first
)


@hooks.register("before_serve_document", order=-1)
def tell_nobody_of_closed_files(document: LibraryFile, request: HttpRequest) -> None:
    """Answer as for a file that never was to whoever may not open it.

    Wagtail would send strangers to the log-in, which tells that the file is there. A file that is
    withheld is handed to nobody but its editors, and malware to nobody at all.
    """
    if may_open(request.user, document):
        return
    handed_out = document.withheld and document.withheld != reasons.INFECTED
    if not handed_out or not may_change(request.user, document):
        raise Http404("There is no file at this address for this reader.")


class PublicFileLinkHandler(DocumentLinkHandler):
    """Links in texts to files: one that not everybody may open is plain text."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[LibraryFile | None]:
        """Return the public file of each link, else nothing; one query for all."""
        ids = [attrs.get("id", "") for attrs in attrs_list]
        wanted = {int(each) for each in ids if each.isdecimal()}
        found = together(FILE, wanted, lambda ids: public_files().in_bulk(ids))
        by_id = {str(pk): file for pk, file in found.items()}
        return [by_id.get(each) for each in ids]


@hooks.register("register_rich_text_features", order=1)  # after Wagtail's own, to replace it
def link_public_files_only(features: FeatureRegistry) -> None:
    """Show links to files in texts only where everybody may follow them."""
    features.register_link_type(PublicFileLinkHandler)


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
