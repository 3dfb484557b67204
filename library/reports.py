"""The editors' report on which files could be read, and why the others could not."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from library.access import changeable_files, may_change_any
from library.models import LibraryFile


class FileTextsFilterSet(WagtailFilterSet):
    """Filter by state, language or year."""

    class Meta:
        model = LibraryFile
        fields = ["text_status", "language", "year"]


class FileTextsView(ReportView):
    """Every file that this editor may change, with the state of its text in plain words."""

    model = LibraryFile
    page_title = _("Texts of files")
    header_icon = "doc-full"
    index_url_name = "file_texts"
    index_results_url_name = "file_texts_results"
    filterset_class = FileTextsFilterSet
    default_ordering = "-created_at"
    list_export = ["title", "filename", "language", "page_count"]
    list_export += ["text_state", "withheld_state", "created_at"]
    export_headings = {
        "text_state": _("Text"),
        "withheld_state": _("Withheld"),
        "filename": _("File"),
    }
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda file: edit_url(file)),
        Column("filename", label=_("File")),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("page_count", label=_("Pages")),
        Column("text_state", label=_("Text")),
        Column("withheld_state", label=_("Withheld")),
        DateColumn("created_at", label=_("Created")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse whoever may change no file at all."""
        if not may_change_any(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[LibraryFile]:
        """Only files that this editor may change: the report must not show others' titles."""
        return changeable_files(self.request.user)


def edit_url(file: LibraryFile) -> str:
    """Address of the file's form."""
    return reverse("wagtaildocs:edit", args=[file.pk])
