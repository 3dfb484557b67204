"""The editor's side of the vocabulary: one menu with a list for each kind of term."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from vocabulary.labels import labels
from vocabulary.models import (
    ActionPoint,
    Concept,
    Country,
    DataSourceType,
    DisaggregationVariable,
    PopulationGroup,
    Region,
    Theme,
)


class FixedListPolicy(ModelPermissionPolicy):
    """Lets nobody add or delete: countries and regions follow the standard, not the editor."""

    def user_has_permission(self, user: AbstractBaseUser | AnonymousUser, action: str) -> bool:
        """Answer for changes only, by the editor's rights; labels may be corrected."""
        return action not in ("add", "delete") and super().user_has_permission(user, action)

    def user_has_any_permission(
        self, user: AbstractBaseUser | AnonymousUser, actions: Iterable[str]
    ) -> bool:
        """Tell whether at least one of the actions is allowed."""
        return any(self.user_has_permission(user, action) for action in actions)


# Before Wagtail asks for the policies, or it would make its own.
for _model in (Region, Country):
    register_permission_policy(_model, FixedListPolicy(_model), exact_class=True)


def _region_choices() -> list[tuple[str, str]]:
    return list(labels("region", get_language() or "en").items())


def _broader_choices() -> list[tuple[str, str]]:
    named = labels("concept", get_language() or "en")
    codes = Concept.objects.exclude(broader=None).values_list("broader__code", flat=True)
    return [(code, label) for code, label in named.items() if code in set(codes)]


class CountryFilterSet(WagtailFilterSet):
    """Countries of one region."""

    region = django_filters.ChoiceFilter(
        field_name="region__code", label=_("Region"), choices=_region_choices
    )

    class Meta:
        model = Country
        fields: list[str] = []


class ConceptFilterSet(WagtailFilterSet):
    """Concepts below one broader concept."""

    broader = django_filters.ChoiceFilter(
        field_name="broader__code", label=_("Broader concept"), choices=_broader_choices
    )

    class Meta:
        model = Concept
        fields: list[str] = []


class ConceptIndexView(IndexView):
    """The list of concepts, with the way to take them all home."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Add the download to the menu of the list."""
        download = Button(
            _("Download all as SKOS"),
            url=reverse("vocabulary:concepts", args=["ttl"]),
            icon_name="download",
            priority=90,
        )
        return [*super().header_more_buttons, download]


class TermViewSet(SnippetViewSet):
    """What all lists of terms share."""

    icon = "tag"
    list_display: list[Any] = ["label", "code"]
    list_per_page = 50
    inspect_view_enabled = True
    # The larger term, which the list shows in every row.
    parent_field = ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any] | None:
        """Fetch the larger terms together with the rows."""
        if not self.parent_field:
            return None
        return self.model._default_manager.select_related(self.parent_field)


class ConceptViewSet(TermViewSet):
    """Concepts of the field with their other names."""

    model = Concept
    icon = "tag"
    list_display = ["label", "code", "broader"]
    parent_field = "broader"
    filterset_class = ConceptFilterSet
    index_view_class = ConceptIndexView


class ActionPointViewSet(TermViewSet):
    """The five action points of the Call to Action."""

    model = ActionPoint
    icon = "list-ol"


class ThemeViewSet(TermViewSet):
    """What texts are about."""

    model = Theme


class DataSourceTypeViewSet(TermViewSet):
    """Where figures come from."""

    model = DataSourceType


class PopulationGroupViewSet(TermViewSet):
    """Which children."""

    model = PopulationGroup
    icon = "group"


class DisaggregationVariableViewSet(TermViewSet):
    """By what figures are broken down."""

    model = DisaggregationVariable


class CountryViewSet(TermViewSet):
    """Countries and areas."""

    model = Country
    icon = "globe"
    list_display = ["label", "code", "m49", "region"]
    parent_field = "region"
    filterset_class = CountryFilterSet
    copy_view_enabled = False


class RegionViewSet(TermViewSet):
    """Regions of the M49 standard."""

    model = Region
    icon = "globe"
    list_display = ["label", "code", "parent"]
    parent_field = "parent"
    copy_view_enabled = False


class VocabularyGroup(SnippetViewSetGroup):
    """One menu for all terms."""

    items = (
        ConceptViewSet,
        ThemeViewSet,
        ActionPointViewSet,
        DataSourceTypeViewSet,
        PopulationGroupViewSet,
        DisaggregationVariableViewSet,
        CountryViewSet,
        RegionViewSet,
    )
    menu_label = _("Vocabulary")
    menu_icon = "tag"
    menu_order = 220


register_snippet(VocabularyGroup)
