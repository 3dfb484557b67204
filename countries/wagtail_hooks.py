"""The editor's side of countries: questionnaires, gaps and their rules."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from countries.gaps.admin import GapKindViewSet, GapRuleViewSet
from countries.questionnaires.editing import QuestionnaireGroup

register_snippet(QuestionnaireGroup)


@hooks.register("register_admin_viewset")
def edit_gaps() -> list[object]:
    """Let those with the permission edit gaps and the rules that find them."""
    return [GapKindViewSet("gaps"), GapRuleViewSet("gap-rules")]
