"""What every page has, and the image model (chosen before the first migration)."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page, PageViewRestriction, Revision

from core.classification import (
    PageActionPoint,
    PageCountry,
    PageDataSource,
    PageDisaggregation,
    PagePopulation,
    PageTheme,
    tags_of,
)
from core.forms import PageForm
from core.link_model import Link
from core.linked import expect
from core.pictures import without_metadata
from core.provenance import PageSource, SourceDocument
from core.publication import SCHEDULED, PublicationBlocked, postpone
from core.seeded import SeededItem
from core.visibility import live_public

__all__ = [
    "BasePage",
    "Link",
    "PageActionPoint",
    "PageCountry",
    "PageDataSource",
    "PageDisaggregation",
    "PagePopulation",
    "PageSource",
    "PageTheme",
    "Rendition",
    "SeededItem",
    "SiteImage",
    "SourceDocument",
]


class SiteImage(AbstractImage):
    """An image with its credit; the description is its text for people who cannot see it."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)

    admin_form_fields = ("title", "file", "description", "credit", "collection", "tags")

    def get_upload_to(self, filename: str) -> str:
        """Return where a new picture is stored, by a name that nobody can guess.

        Pictures are handed out by the web server, which asks nobody: the name of a picture on a
        page for some must be known from that page alone.
        """
        path: str = super().get_upload_to(f"{secrets.token_hex(8)}-{filename}")
        return path

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new picture is stored without the metadata of its camera."""
        if self.file and not self.file._committed:
            clean = without_metadata(self.file.file)
            if clean is not None:
                self.file.file = clean
                self._set_image_file_metadata()
        super().save(*args, **kwargs)


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

    external_id = models.CharField(
        _("external id"),
        max_length=100,
        blank=True,
        db_index=True,
        help_text=_("Names the same page in an import, so that importing twice changes nothing."),
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    settings_panels = [*Page.settings_panels, FieldPanel("external_id", read_only=True)]
    base_form_class = PageForm

    # What is read together with a page that is shown.
    read_with: tuple[str, ...] = ("locale",)
    # Whether pages of this kind say in which documents their facts are.
    cites = False

    _restrictions: QuerySet[PageViewRestriction] | None = None

    class Meta:
        abstract = True

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a version if every condition is met (`core.publication`).

        One whose time has come and that may not be published is taken off the schedule instead,
        so that it does not keep the pages behind it waiting.
        """
        try:
            super().publish(revision, *args, **kwargs)
        except PublicationBlocked as blocked:
            if kwargs.get("log_action") != SCHEDULED:
                raise
            postpone(revision, blocked)

    def know_unrestricted(self) -> None:
        """Take it that no restriction is on this page or above: whoever reads it has asked."""
        self._restrictions = PageViewRestriction.objects.none()

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions on this page and above; asked for twice, they are read once."""
        if self._restrictions is None:
            self._restrictions = super().get_view_restrictions()
        return self._restrictions

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return what the template needs; what it links to and names is asked for at once."""
        expect(self, self.files_named())
        found: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return found

    def files_named(self) -> Iterable[int | None]:
        """Return the files that the page shows beside its texts: by its sources, if it has any."""
        return [source.document.file_id for source in self.cited]

    @cached_property
    def cited(self) -> list[PageSource]:
        """The places in documents that support the page, in order."""
        return list(self.sources.all()) if self.cites else []

    @cached_property
    def tags(self) -> dict[str, list[str]]:
        """The codes of the page's terms by kind: {"themes": ["transit", ...], ...}."""
        return tags_of(self)

    @cached_property
    def lineage(self) -> list[Page]:
        """The pages above that everyone may open, from the home page down; read once."""
        return list(live_public(self.get_ancestors()).filter(depth__gt=1))

    @property
    def list_page(self) -> Page | None:
        """The page right above, if everyone may open it."""
        return self.lineage[-1] if self.lineage else None

    @property
    def permalink(self) -> str:
        """The address to cite: `/p/<id>/`, the same for ever; a page not yet saved has none."""
        return reverse("permalink", args=[self.pk]) if self.pk else ""
