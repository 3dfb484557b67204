"""The editor's side of countries: questionnaires."""

from wagtail.snippets.models import register_snippet

from countries.questionnaires.editing import QuestionnaireGroup

register_snippet(QuestionnaireGroup)
