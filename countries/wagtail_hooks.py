"""The editor's side of countries: questionnaires, gaps and their rules."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from countries.access import sees_searches
from countries.gaps.admin import GapKindViewSet, GapRuleViewSet, MapTopicViewSet
from countries.questionnaires.editing import QuestionnaireGroup

register_snippet(QuestionnaireGroup)


@hooks.register("register_admin_viewset")
def edit_gaps() -> list[object]:
    """Let those with the permission edit gaps, the rules that find them, and topics of the map."""
    return [GapKindViewSet("gaps"), GapRuleViewSet("gap-rules"), MapTopicViewSet("map-topics")]


class GapMapMenuItem(MenuItem):
    """Shown to whoever sees all of the map."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask as the map does."""
        return sees_searches(request.user)


@hooks.register("register_reports_menu_item")
def gap_map_menu_item() -> MenuItem:
    """Put the gap map into the menu of reports."""
    return GapMapMenuItem(_("Gap map"), reverse("gap-map"), icon_name="table", order=790)
