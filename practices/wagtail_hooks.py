"""The editor's list of practices and the report on what is missing in them."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import AdminOnlyMenuItem, MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from practices.models import PracticePage
from practices.reports import IncompletePracticesView


class PracticeListing(PageListingViewSet):
    """All practices in one flat list, whatever their language."""

    icon = "globe"
    menu_label = _("Practices")
    menu_order = 110
    add_to_admin_menu = True
    model = PracticePage
    columns = [
        *PageListingViewSet.index_view_class.base_columns,
        Column("get_voice_display", label=_("Voice"), width="12%"),
        Column("last_confirmed", label=_("Last confirmed"), width="12%"),
    ]
    list_filter = ["live", "locale", "voice", "conditions_not_reported"]


@hooks.register("register_admin_viewset")
def register_practice_listing() -> PracticeListing:
    """Put the list of practices into the editor's menu."""
    return PracticeListing("practices")


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    """Put the report into the menu of reports."""
    return AdminOnlyMenuItem(
        IncompletePracticesView.page_title,
        reverse(IncompletePracticesView.index_url_name),
        icon_name=IncompletePracticesView.header_icon,
        order=900,
    )


@hooks.register("register_admin_urls")
def register_report_urls() -> list[Any]:
    """Give the report its addresses."""
    name = IncompletePracticesView.index_url_name
    return [
        path("reports/incomplete-practices/", IncompletePracticesView.as_view(), name=name),
        path(
            "reports/incomplete-practices/results/",
            IncompletePracticesView.as_view(results_only=True),
            name=f"{name}_results",
        ),
    ]


@hooks.register("register_log_actions")
def register_imports(actions: Any) -> None:
    """Tell in the history of a practice what came from a file."""
    actions.register_action("practices.word", _("Word file"), _("Saved from a Word file"))
    actions.register_action("practices.import", _("Import"), _("Saved by an import"))
