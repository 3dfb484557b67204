"""Workshop series in the editor."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from workshops.models import WorkshopSeries


class WorkshopSeriesViewSet(SnippetViewSet):
    """The series that workshops belong to."""

    model = WorkshopSeries
    icon = "calendar-alt"
    list_display = ["name", "locale"]


register_snippet(WorkshopSeriesViewSet)
