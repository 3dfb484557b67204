"""Where the secretariat edits gaps and the rules that find them."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from countries.gaps.checking import problem_of
from countries.models import GapKind, GapRule, MapTopic
from guidance.models import IndicatorPage
from vocabulary.labels import labels

LANGUAGES = ("en", "es", "fr", "ar")


def _in_four(name: str, heading: Any) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(f"{name}_{code}") for code in LANGUAGES], heading=heading)


class GapRuleForm(WagtailAdminModelForm):
    """A rule: each of its conditions can hold, or it is not taken."""

    def is_valid(self) -> bool:
        """Look at the conditions together with the questionnaire that was chosen."""
        return bool(super().is_valid()) and self._can_hold()

    def _can_hold(self) -> bool:
        conditions = self.formsets["conditions"]
        problems = [
            (form, problem_of(form.instance, self.cleaned_data["questionnaire"]))
            for form in conditions.forms
            if form.has_changed() or form.instance.pk
            if form not in conditions.deleted_forms
        ]
        for form, problem in problems:
            if problem:
                form.add_error("question", problem)
        return not any(problem for _form, problem in problems)


class OnMapForm(WagtailAdminModelForm):
    """Ticks the rows of the gap map that something counts in."""

    action_points = forms.MultipleChoiceField(
        label=_("Action points"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: list(labels("action_point", get_language() or "en").items()),
    )
    areas = forms.MultipleChoiceField(
        label=_("Areas of indicators"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=IndicatorPage.Area.choices,
    )


ON_MAP = MultiFieldPanel(
    [FieldPanel("action_points"), FieldPanel("areas")], heading=_("On the gap map")
)


class GapKindViewSet(ModelViewSet):
    """Gaps: what they are called, what is asked to close them, where they stand on the map."""

    model = GapKind
    icon = "warning"
    menu_label = _("Gaps")
    add_to_settings_menu = True
    list_display = ("title_en", "code", "order")
    search_fields = ("title_en", "code")
    inspect_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("order")]),
            _in_four("title", _("Title")),
            _in_four("ask", _("What is asked of the search")),
            FieldPanel("themes"),
            ON_MAP,
        ],
        base_form_class=OnMapForm,
    )


class MapTopicViewSet(ModelViewSet):
    """Topics: the rows of the gap map that questions, searches and pages about them count in."""

    model = MapTopic
    icon = "tag"
    menu_label = _("Topics on the gap map")
    add_to_settings_menu = True
    list_display = ("__str__", "kind", "code", "action_points", "areas")
    list_filter = ("kind",)
    search_fields = ("code",)
    inspect_view_enabled = False
    edit_handler = ObjectList(
        [FieldRowPanel([FieldPanel("kind"), FieldPanel("code")]), ON_MAP],
        base_form_class=OnMapForm,
    )


class GapRuleViewSet(ModelViewSet):
    """Rules: which answers show a gap."""

    model = GapRule
    icon = "clipboard-list"
    menu_label = _("Rules for gaps")
    add_to_settings_menu = True
    list_display = ("gap", "questionnaire")
    list_filter = ("gap", "questionnaire")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("gap"), FieldPanel("questionnaire")]),
            InlinePanel("conditions", heading=_("Conditions"), label=_("Condition"), min_num=1),
        ],
        base_form_class=GapRuleForm,
    )
