"""Where a page's facts come from: the document and the place in it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable
from wagtail.search import index


class SourceDocument(index.Indexed, models.Model):
    """A published document that pages cite; with its file a citation opens at the page."""

    slug = models.SlugField(
        _("short name"),
        max_length=100,
        unique=True,
        help_text=_("An uploaded file of this name (without its ending) is linked by itself."),
    )
    title = models.CharField(_("title"), max_length=255)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    publisher = models.CharField(_("publisher"), max_length=255, blank=True)
    url = models.URLField(_("address"), blank=True)
    file = models.ForeignKey(
        "library.LibraryFile",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="source_documents",
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("year"), FieldPanel("publisher")]),
        FieldPanel("url"),
        FieldPanel("file"),
        FieldPanel("slug"),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["-year", "title"]
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title


class PageSourceManager(models.Manager["PageSource"]):
    """Reads citations with what they cite."""

    def get_queryset(self) -> models.QuerySet["PageSource"]:
        """Return citations joined with their document and its file."""
        return super().get_queryset().select_related("document__file")


def latest_year(page: Any) -> int | None:
    """Return the year of the newest document that a page cites, if any is known."""
    years = [source.document.year for source in page.sources.all() if source.document.year]
    return max(years, default=None)


class PageSource(Orderable):
    """A place in a source document that supports a page."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="sources")
    document = models.ForeignKey(
        SourceDocument,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="citations",
    )
    place = models.CharField(
        _("place"), max_length=255, blank=True, help_text=_("The heading or section.")
    )
    page_number = models.PositiveSmallIntegerField(_("page"), null=True, blank=True)

    objects = PageSourceManager()

    panels = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("place"), FieldPanel("page_number")]),
    ]
