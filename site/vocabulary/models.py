"""The controlled vocabulary: every term once per language, joined by `translation_key`.

A page may point at the row of any language; readers and filters go by `code`, which is the same
in every language, so that a tag set in Spanish is found from Arabic.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField


class Term(index.Indexed, TranslatableMixin, models.Model):
    """What all terms share: a code that never changes and a label in one language."""

    code = models.SlugField(
        _("code"), max_length=80, help_text=_("The same in every language; it never changes.")
    )
    label = models.CharField(_("label"), max_length=255)
    definition = models.TextField(_("definition"), blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("label"),
        FieldPanel("definition"),
        FieldPanel("code", read_only=True),
        FieldPanel("sort_order"),
    ]
    search_fields = [
        index.SearchField("label"),
        index.AutocompleteField("label"),
        index.AutocompleteField("code"),
        index.FilterField("locale_id"),
    ]
    # Named one by one: what hangs below a term (other labels, wordings) is each language's own
    # and must not be copied over another's.
    translatable_fields = [
        TranslatableField("label"),
        TranslatableField("definition"),
        SynchronizedField("code", overridable=False),
        SynchronizedField("sort_order", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering: ClassVar[list[str]] = ["sort_order", "label"]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new term a code made of its label; a code that is there stays."""
        if not self.code:
            self.code = self._new_code()
        super().save(*args, **kwargs)

    def _new_code(self) -> str:
        """Return a free code; that of another language's row of the same term, if there is one."""
        rows = type(self)._default_manager
        shared = rows.filter(translation_key=self.translation_key).values_list("code", flat=True)
        if code := shared.first():
            return str(code)
        wanted = slugify(self.label)[:70] or f"term-{uuid.uuid4().hex[:8]}"
        taken = rows.filter(code=wanted).exists()
        return f"{wanted}-{uuid.uuid4().hex[:6]}" if taken else wanted


def _unique(name: str) -> list[models.BaseConstraint]:
    return [models.UniqueConstraint(fields=["code", "locale"], name=f"one_{name}_per_language")]


class Region(Term):
    """A region of the UN M49 standard; the code is its three-digit number (world: 001)."""

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )

    translatable_fields = [*Term.translatable_fields, TranslatableField("parent")]

    class Meta(Term.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = _unique("region")


class Country(Term):
    """A country or area; the code is its ISO 3166-1 alpha-3 code in capitals."""

    iso2 = models.CharField("ISO 3166-1 alpha-2", max_length=2)
    m49 = models.CharField("UN M49", max_length=3)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        on_delete=models.PROTECT,
        related_name="countries",
        help_text=_("The smallest M49 region it belongs to."),
    )

    panels = [
        *Term.panels,
        FieldPanel("iso2", read_only=True),
        FieldPanel("m49", read_only=True),
        FieldPanel("region", read_only=True),
    ]
    translatable_fields = [
        *Term.translatable_fields,
        SynchronizedField("iso2", overridable=False),
        SynchronizedField("m49", overridable=False),
        TranslatableField("region"),
    ]

    class Meta(Term.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = _unique("country")
        ordering = ["label"]


class ActionPoint(Term, ClusterableModel):
    """One of the five action points of the Call to Action; the code is its number."""

    panels = [*Term.panels, InlinePanel("versions", label=_("Wording over time"))]

    class Meta(Term.Meta):
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        constraints = _unique("action_point")


class ActionPointVersion(Orderable):
    """How an action point was worded from a year on; the newest is the point's label."""

    action_point = ParentalKey(ActionPoint, on_delete=models.CASCADE, related_name="versions")
    since = models.PositiveSmallIntegerField(_("since (year)"))
    label = models.CharField(_("wording"), max_length=255)
    source = models.CharField(_("source"), max_length=255, blank=True)

    class Meta(Orderable.Meta):
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"{self.since}: {self.label}"


class Theme(Term):
    """What a text is about: transit, children left behind, data governance."""

    class Meta(Term.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = _unique("theme")


class DataSourceType(Term):
    """Where figures come from: census, survey, administrative records."""

    class Meta(Term.Meta):
        verbose_name = _("type of data source")
        verbose_name_plural = _("types of data source")
        constraints = _unique("data_source")


class PopulationGroup(Term):
    """Which children: refugee, unaccompanied, left behind."""

    class Meta(Term.Meta):
        verbose_name = _("population group")
        verbose_name_plural = _("population groups")
        constraints = _unique("population")


class DisaggregationVariable(Term):
    """By what figures are broken down: age, sex, migratory status."""

    class Meta(Term.Meta):
        verbose_name = _("disaggregation variable")
        verbose_name_plural = _("disaggregation variables")
        constraints = _unique("disaggregation")


class Concept(Term, ClusterableModel):
    """A concept of the field with its other names, so that EGRIS finds EGRISS.

    Exchanged as SKOS: `label` is the preferred label, `other_labels` the alternative and
    hidden ones.
    """

    broader = models.ForeignKey(
        "self",
        verbose_name=_("broader concept"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="narrower",
    )

    panels = [
        *Term.panels,
        FieldPanel("broader"),
        InlinePanel("other_labels", label=_("Other labels")),
    ]
    search_fields = [
        *Term.search_fields,
        index.RelatedFields(
            "other_labels", [index.SearchField("label"), index.AutocompleteField("label")]
        ),
    ]
    translatable_fields = [*Term.translatable_fields, TranslatableField("broader")]

    class Meta(Term.Meta):
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        constraints = _unique("concept")


class ConceptLabel(Orderable):
    """Another name of a concept in the concept's language; hidden ones are misspellings."""

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="other_labels")
    label = models.CharField(_("label"), max_length=255)
    hidden = models.BooleanField(
        _("only for search"), default=False, help_text=_("Found, but never shown.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("other label")

    def __str__(self) -> str:
        return self.label


class LoadedTerm(models.Model):
    """What the project's files last said of a term in one language, to tell editors' changes."""

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=80)
    language = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code", "language"], name="one_loaded_term_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}:{self.language}"


class VocabularyStamp(models.Model):
    """One row whose value changes with every change of a term; what is cached goes by it."""

    value = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.value)
