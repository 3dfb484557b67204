"""What is still missing in practices, for the secretariat."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import PageReportView

from core.classification import PageCountry, PageDataSource
from core.provenance import PageSource
from practices.models import PracticePage

Gap = tuple[str, str | Promise]
EMPTY_FIELDS: list[Gap] = [
    ("problem", _("problem")),
    ("results", _("results")),
    ("what_failed", _("what did not work")),
    ("cost", _("cost")),
    ("duration", _("time it took")),
    ("contact", _("whom to ask")),
]


class IncompletePracticesView(PageReportView):
    """Practices and the parts of the template that nobody has filled in yet."""

    results_template_name = "practices/reports/incomplete_results.html"
    page_title = _("Practices to complete")
    header_icon = "tasks"
    model = PracticePage
    index_url_name = "incomplete_practices_report"
    index_results_url_name = "incomplete_practices_report_results"
    any_permission_required = ["add", "change", "publish"]
    list_export = [*PageReportView.list_export, "missing"]
    export_headings = {**PageReportView.export_headings, "missing": _("Missing")}

    def get_queryset(self) -> QuerySet[PracticePage]:
        """Return the practices that this editor may change, the least recently edited first."""
        mine = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        tagged = {
            name: Exists(model._default_manager.filter(page_id=OuterRef("pk")))
            for name, model in (
                ("has_country", PageCountry),
                ("has_data_source", PageDataSource),
                ("has_source", PageSource),
            )
        }
        self.queryset = (
            PracticePage.objects.filter(pk__in=mine.values("pk"))
            .annotate(**tagged)
            .select_related("content_type", "locale")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by("latest_revision_created_at")
        )
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> list[PracticePage]:
        """Add to each practice the names of its missing parts."""
        pages = list(object_list)
        for page in pages:
            page.missing = ", ".join(str(name) for name in missing_parts(page))
        return pages


def missing_parts(page: Any) -> list[str | Promise]:
    """Return the names of the parts that are empty, for a page annotated by the report."""
    missing = [name for field, name in EMPTY_FIELDS if not getattr(page, field)]
    if not any(text for _name, text in page.conditions):
        missing.append(_("conditions for transfer"))
    if not page.has_data_source:
        missing.append(_("type of data source"))
    if not (page.has_country or page.organisation):
        missing.append(_("country or organisation"))
    if not page.has_source:
        missing.append(_("source"))
    return missing
