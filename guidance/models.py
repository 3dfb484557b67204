"""Guidance in versions, and the indicators it defines."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from core.blocks import TEXT_FEATURES, BodyBlock
from core.classification import classification_panels
from core.models import BasePage
from core.visibility import EVERYBODY, live_public
from search.listing import list_kind


class GuidanceIndexPage(BasePage):
    """All guidance, and the way to the indicators."""

    max_count_per_parent = 1
    subpage_types = ["guidance.GuidancePage", "guidance.IndicatorIndexPage"]
    template = "guidance/guidance_index_page.html"

    class Meta:
        verbose_name = _("list of guidance")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filtered list and the indicator page."""
        return super().get_context(request, *args, **kwargs) | {
            **list_kind(request, "guidance"),
            "indicator_index": live_public(IndicatorIndexPage.objects.child_of(self)).first(),
        }


class GuidancePage(BasePage):
    """One version of a guidance; a newer one says which it supersedes."""

    version = models.CharField(_("version"), max_length=40, blank=True)
    issued = models.PositiveSmallIntegerField(_("issued (year)"), null=True, blank=True)
    issued_on = models.DateField(
        _("issued (day)"),
        null=True,
        blank=True,
        help_text=_("Where the source gives the day; the year follows it."),
    )
    issued_by = models.CharField(_("issued by"), max_length=255, blank=True)
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("supersedes"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="superseded_by",
        help_text=_("The version that this one replaces."),
    )
    changed = models.TextField(
        _("what changed"),
        max_length=2000,
        blank=True,
        help_text=_("In words: what is different from the version that this one replaces."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["guidance.GuidanceIndexPage"]
    subpage_types: list[str] = []
    template = "guidance/guidance_page.html"
    cites = True

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("version"), FieldPanel("issued"), FieldPanel("issued_on")]
                ),
                FieldPanel("issued_by"),
                PageChooserPanel("supersedes"),
                FieldPanel("changed"),
            ],
            heading=_("Version"),
        ),
        FieldPanel("body"),
        InlinePanel(
            "files",
            label=_("File"),
            heading=_("Files"),
            help_text=_("One for each language; PDF or Word."),
        ),
        InlinePanel("indicators", label=_("Indicator"), heading=_("Indicators it defines")),
        *classification_panels(
            "action_points", "themes", "data_sources", "populations", "disaggregation", "countries"
        ),
        InlinePanel("sources", label=_("Source"), heading=_("Sources")),
    ]

    class Meta:
        verbose_name = _("guidance")
        verbose_name_plural = _("guidance")

    def clean(self) -> None:
        """Refuse a chain of versions that leads back to itself; a day brings its year along."""
        super().clean()
        if self.issued_on:
            self.issued = self.issued_on.year
        seen, version = {self.pk}, self.supersedes
        while version:
            if version.pk in seen:
                raise ValidationError(
                    {"supersedes": _("This version is itself superseded by the one you chose.")}
                )
            seen.add(version.pk)
            version = version.supersedes

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add all its versions, what still applies an earlier one, and the light formats."""
        from guidance import formats, versions

        line = versions.line_of(self, EVERYBODY)
        return super().get_context(request, *args, **kwargs) | {
            "versions": line if len(line) > 1 else [],
            "behind": versions.applying_earlier(self, line),
            "formats": formats.fitting(self),
        }

    def files_named(self) -> Iterable[int | None]:
        """Return the files that it shows beside its texts."""
        return [*super().files_named(), *(row.file_id for row in self.own_files)]

    @cached_property
    def own_files(self) -> "list[GuidanceFile]":
        """Its files in each language, in order."""
        return list(self.files.all())

    @property
    def label(self) -> str:
        """What tells this version from others: its number or name, and its day if known."""
        name = self.version or self.title
        return f"{name} ({date_format(self.issued_on)})" if self.issued_on else name

    @property
    def newer_version(self) -> "GuidancePage | None":
        """The live version that replaces this one, if any."""
        return live_public(self.superseded_by.all()).first() if self.pk else None


class FileManager(models.Manager["GuidanceFile"]):
    """Reads the rows of a guidance with their files."""

    def get_queryset(self) -> models.QuerySet["GuidanceFile"]:
        """Return rows joined with their files."""
        return super().get_queryset().select_related("file")


class GuidanceFile(Orderable):
    """A file of a guidance in one language."""

    page = ParentalKey(GuidancePage, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(
        "library.LibraryFile",
        verbose_name=_("file"),
        on_delete=models.CASCADE,
        related_name="guidance_files",
    )
    note = models.CharField(_("what it is"), max_length=255, blank=True)
    objects = FileManager()
    panels = [FieldPanel("file"), FieldPanel("note")]


class GuidanceIndicator(Orderable):
    """An indicator that a guidance defines."""

    page = ParentalKey(GuidancePage, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(
        "guidance.IndicatorPage", on_delete=models.CASCADE, related_name="defined_by"
    )
    panels = [PageChooserPanel("indicator")]


class IndicatorIndexPage(BasePage):
    """The child-specific indicators by area."""

    max_count_per_parent = 1
    parent_page_types = ["guidance.GuidanceIndexPage"]
    subpage_types = ["guidance.IndicatorPage"]
    template = "guidance/indicator_index_page.html"

    class Meta:
        verbose_name = _("list of indicators")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the live indicators, grouped by area in the order of the areas."""
        indicators = list(live_public(IndicatorPage.objects.child_of(self)).order_by("path"))
        areas = [
            (area.label, [page for page in indicators if page.area == area])
            for area in IndicatorPage.Area
        ]
        return super().get_context(request, *args, **kwargs) | {
            "areas": [(label, pages) for label, pages in areas if pages]
        }


class IndicatorPage(BasePage):
    """A child-specific indicator, or a group of them whose names the source does not list."""

    class Area(models.TextChoices):
        CORE = "core", _("Core statistics")
        HEALTH = "health", _("Health")
        EDUCATION = "education", _("Education")
        CHILD_PROTECTION = "child-protection", _("Child protection")
        POVERTY = "poverty", _("Poverty")

    area = models.CharField(_("area"), max_length=20, choices=Area.choices)
    definition = RichTextField(_("definition"), features=TEXT_FEATURES, blank=True)
    names_reported = models.BooleanField(
        _("the source names the indicators of this group"), default=True
    )
    producers = models.CharField(_("who produces it"), max_length=255, blank=True)

    parent_page_types = ["guidance.IndicatorIndexPage"]
    subpage_types: list[str] = []
    template = "guidance/indicator_page.html"
    cites = True

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("area"),
        FieldPanel("definition"),
        FieldPanel("names_reported"),
        FieldPanel("producers"),
        *classification_panels("disaggregation", "data_sources", "populations", "themes"),
        InlinePanel("sources", label=_("Source"), heading=_("Sources")),
    ]

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
