"""What every page has, and the image model (chosen before the first migration)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page

from core.classification import (
    PageActionPoint,
    PageCountry,
    PageDataSource,
    PageDisaggregation,
    PagePopulation,
    PageTheme,
)

__all__ = [
    "BasePage",
    "PageActionPoint",
    "PageCountry",
    "PageDataSource",
    "PageDisaggregation",
    "PagePopulation",
    "PageTheme",
    "Rendition",
    "SiteImage",
]


class SiteImage(AbstractImage):
    """An image with its credit; the description is its text for people who cannot see it."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)

    admin_form_fields = ("title", "file", "description", "credit", "collection", "tags")


class Rendition(AbstractRendition):
    """A resized copy of an image."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_spec"
            )
        ]


class BasePage(Page):
    """A page with a summary and a permalink that survives moves and renames."""

    summary = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences, shown in lists and search results."),
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        abstract = True

    @property
    def permalink(self) -> str:
        """The address to cite: `/p/<id>/`, the same for ever."""
        return reverse("permalink", args=[self.pk])
