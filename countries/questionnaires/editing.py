"""Questionnaires in the editor: versions with their modules, and questions one by one.

What is published can be looked at and copied into a new version, never changed.
"""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets

from countries.models import Module, Question, Questionnaire, QuestionnaireVersion
from countries.questionnaires.frozen import FrozenDeleteView, FrozenEditView, FrozenIndexView
from countries.questionnaires.steps import NewVersionView, PublishView
from vocabulary.kinds import LANGUAGES


def in_languages(name: str, heading: Any) -> MultiFieldPanel:
    """Return the panel of a text in all languages."""
    return MultiFieldPanel([FieldPanel(f"{name}_{code}") for code in LANGUAGES], heading=heading)


class QuestionForm(WagtailAdminModelForm):
    """A question goes into a module of a draft."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drafts = Module.objects.filter(version__published_at__isnull=True)
        self.fields["module"] = forms.ModelChoiceField(
            drafts.select_related("version__questionnaire"),
            label=_("Module"),
            help_text=_("Modules of drafts. A published version is copied into a new draft first."),
        )


QUESTIONNAIRE = ObjectList(
    [FieldPanel("slug"), in_languages("title", _("Title")), in_languages("purpose", _("Purpose"))]
)
VERSION = ObjectList(
    [
        FieldPanel("questionnaire"),
        InlinePanel(
            "modules",
            [
                FieldPanel("code"),
                in_languages("title", _("Title")),
                MultiFieldPanel(
                    [FieldPanel(f"part_{code}") for code in LANGUAGES],
                    heading=_("Part"),
                    classname="collapsed",
                ),
            ],
            label=_("Module"),
            heading=_("Modules"),
        ),
    ]
)
QUESTION = ObjectList(
    [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("module", "code", "kind", "order")],
            heading=_("Question"),
        ),
        in_languages("text", _("Question")),
        in_languages("help", _("Help")),
        MultiFieldPanel(
            [FieldPanel("required"), FieldPanel("may_be_public")], heading=_("Answers")
        ),
        InlinePanel(
            "choices",
            [FieldPanel("code"), in_languages("title", _("Choice"))],
            label=_("Choice"),
            heading=_("Choices"),
        ),
    ],
    base_form_class=QuestionForm,
)


class VersionEditView(FrozenEditView):
    """The form of a draft, with the way to publish it."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Add the publication."""
        url = reverse("questionnaire_versions:publish", args=[self.object.pk])
        return [*super().header_more_buttons, Button(_("Publish"), url=url, icon_name="upload")]


class VersionInspectView(snippets.InspectView):
    """A version to read, with the way to a new one."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Offer the copy; a published version has no other."""
        url = reverse("questionnaire_versions:new", args=[self.object.pk])
        return [Button(_("New version"), url=url, icon_name="copy")]


class QuestionnaireViewSet(snippets.SnippetViewSet):
    """What questionnaires there are."""

    model = Questionnaire
    icon = "clipboard-list"
    list_display = ["title_en", "slug"]
    edit_handler = QUESTIONNAIRE
    copy_view_enabled = False
    index_view_class = FrozenIndexView
    delete_view_class = FrozenDeleteView


class VersionViewSet(snippets.SnippetViewSet):
    """Their versions, drafts and published ones."""

    model = QuestionnaireVersion
    icon = "history"
    url_namespace = "questionnaire_versions"
    list_display = ["__str__", "published_at"]
    list_filter = ["questionnaire"]
    edit_handler = VERSION
    inspect_view_enabled = True
    inspect_view_fields = ["questionnaire", "number", "published_at"]
    copy_view_enabled = False
    index_view_class = FrozenIndexView
    edit_view_class = VersionEditView
    delete_view_class = FrozenDeleteView
    inspect_view_class = VersionInspectView

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the questionnaires together with the rows."""
        return QuestionnaireVersion.objects.select_related("questionnaire")

    def get_urlpatterns(self) -> list[Any]:
        """Add the steps in the life of a version."""
        return [
            *super().get_urlpatterns(),
            path("publish/<int:pk>/", PublishView.as_view(), name="publish"),
            path("new/<int:pk>/", NewVersionView.as_view(), name="new"),
        ]


class QuestionViewSet(snippets.SnippetViewSet):
    """The questions of all versions."""

    model = Question
    icon = "help"
    list_display = ["code", "text_en", "kind", "module"]
    list_filter = ["version", "kind"]
    list_per_page = 50
    search_fields = ["code", "text_en"]
    edit_handler = QUESTION
    inspect_view_enabled = True
    copy_view_enabled = False
    index_view_class = FrozenIndexView
    edit_view_class = FrozenEditView
    delete_view_class = FrozenDeleteView

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the list shows together with the rows."""
        return Question.objects.select_related("version", "module__version__questionnaire")


class QuestionnaireGroup(snippets.SnippetViewSetGroup):
    """One menu for all of them."""

    items = (QuestionnaireViewSet, VersionViewSet, QuestionViewSet)
    menu_label = _("Questionnaires")
    menu_icon = "clipboard-list"
    menu_order = 221
