"""How pages are tagged with the vocabulary.

Child rows, because wagtail-localize leaves many-to-many fields out of a translation; on `Page`
itself, so that one query answers for pages of every type.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.models import Orderable

from vocabulary.models import (
    ActionPoint,
    Country,
    DataSourceType,
    DisaggregationVariable,
    PopulationGroup,
    Theme,
)


class TagManager(models.Manager["PageTag"]):
    """Reads tags with their terms: a tag without its term is of no use."""

    def get_queryset(self) -> models.QuerySet["PageTag"]:
        """Return tags joined with their terms."""
        return super().get_queryset().select_related("term")


class PageTag(Orderable):
    """What all tags share."""

    objects = TagManager()

    class Meta(Orderable.Meta):
        abstract = True


class PageCountry(PageTag):
    """A country that a page tells of."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="countries")
    term = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="+"
    )
    panels = [FieldPanel("term")]


class PageActionPoint(PageTag):
    """An action point that a page serves."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="action_points")
    term = models.ForeignKey(
        ActionPoint, verbose_name=_("action point"), on_delete=models.PROTECT, related_name="+"
    )
    panels = [FieldPanel("term")]


class PageTheme(PageTag):
    """A theme of a page."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="themes")
    term = models.ForeignKey(
        Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="+"
    )
    panels = [FieldPanel("term")]


class PageDataSource(PageTag):
    """A type of data source that a page deals with."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="data_sources")
    term = models.ForeignKey(
        DataSourceType,
        verbose_name=_("type of data source"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    panels = [FieldPanel("term")]


class PagePopulation(PageTag):
    """A population group that a page is about."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="populations")
    term = models.ForeignKey(
        PopulationGroup,
        verbose_name=_("population group"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    panels = [FieldPanel("term")]


class PageDisaggregation(PageTag):
    """A variable by which the figures of a page are broken down."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="disaggregation")
    term = models.ForeignKey(
        DisaggregationVariable,
        verbose_name=_("disaggregation variable"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    panels = [FieldPanel("term")]


# Facet name (also the query parameter and the child relation's name on a page) -> tag model.
TAGS: dict[str, type[PageTag]] = {
    "countries": PageCountry,
    "action_points": PageActionPoint,
    "themes": PageTheme,
    "data_sources": PageDataSource,
    "populations": PagePopulation,
    "disaggregation": PageDisaggregation,
}


def classification_panels(*names: str) -> list[Panel]:
    """Return the editor's panels for these kinds of tags, in this order."""
    labels = {
        "countries": _("Countries"),
        "action_points": _("Action points of the Call to Action"),
        "themes": _("Themes"),
        "data_sources": _("Types of data source"),
        "populations": _("Population groups"),
        "disaggregation": _("Disaggregated by"),
    }
    return [
        MultiFieldPanel([InlinePanel(name, label=labels[name])], heading=labels[name])
        for name in names
    ]


def codes_of(page_ids: Iterable[int]) -> dict[int, dict[str, list[str]]]:
    """Return for each page its tags as {facet: codes in order}; one query for all of them."""
    ids = list(page_ids)
    found: dict[int, dict[str, list[str]]] = {pk: defaultdict(list) for pk in ids}
    each_kind = [
        model._default_manager.filter(page_id__in=ids)
        .order_by()
        .annotate(kind=Value(name, output_field=models.CharField()))
        .values_list("page_id", "kind", "sort_order", "pk", "term__code")
        for name, model in TAGS.items()
    ]
    rows = each_kind[0].union(*each_kind[1:], all=True)
    for page_id, name, _order, _pk, code in sorted(rows, key=_in_order):
        if code not in found[page_id][name]:
            found[page_id][name].append(code)
    return {pk: dict(tags) for pk, tags in found.items()}


def _in_order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return where a tag stands; one that nobody has put in order stands last."""
    page_id, name, order, pk, _code = row
    return page_id, name, order is None, order or 0, pk


def tags_of(page: Any) -> dict[str, list[str]]:
    """Return one page's tags as {facet: codes in order}; of a draft that is previewed, its own."""
    in_memory = getattr(page, "_cluster_related_objects", {})
    if not any(name in in_memory for name in TAGS):
        return codes_of([page.pk])[page.pk]
    return {name: [tag.term.code for tag in getattr(page, name).all()] for name in TAGS}
