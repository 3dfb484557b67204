"""What search adds to the editor: the report on questions without an answer."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.reports import PERMISSION, QuestionsWithoutAnswerView


class GapsMenuItem(MenuItem):
    """Shown to whoever may see the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask for the same permission as the report itself."""
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """Give the report its addresses."""
    view = QuestionsWithoutAnswerView
    return [
        path("reports/questions/", view.as_view(), name="search_gaps"),
        path(
            "reports/questions/results/",
            view.as_view(results_only=True),
            name="search_gaps_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    """Put the report into the menu of reports."""
    return GapsMenuItem(
        QuestionsWithoutAnswerView.page_title,
        reverse("search_gaps"),
        icon_name=QuestionsWithoutAnswerView.header_icon,
        order=800,
    )


@hooks.register("register_permissions")
def report_permission() -> QuerySet[Permission]:
    """Let groups, such as the secretariat, be given the report."""
    return Permission.objects.filter(content_type__app_label="search", codename="view_searchgap")
