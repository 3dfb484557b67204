"""Files that people upload, and the text that was read from them."""

from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.search import index

from library import reasons


def language_choices() -> list[tuple[str, Any]]:
    """The site's languages, then every other language that Django can name."""
    site = dict(settings.LANGUAGES)
    others = sorted(
        (code, get_language_info(code)["name_translated"])
        for code, info in LANG_INFO.items()
        if "name" in info and code not in site and "-" not in code
    )
    return [*site.items(), *others]


class TextStatus(models.TextChoices):
    """How far the reading of a file has come."""

    PENDING = "pending", _("waiting to be read")
    READY = "ready", _("text available")
    UNAVAILABLE = "unavailable", _("text unavailable")


class LibraryFile(AbstractDocument):
    """A PDF or Word file with the text that was read from it; its id is its permanent name."""

    description = models.TextField(
        _("description"), blank=True, help_text=_("One or two sentences on what is in it.")
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        choices=language_choices,
        help_text=_("Left empty, it is guessed from the text."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
        help_text=_("The year in which it was published."),
    )
    publisher = models.CharField(
        _("publisher"),
        max_length=255,
        blank=True,
        help_text=_("The organisation that published it."),
    )
    text_status = models.CharField(
        _("text"),
        max_length=12,
        choices=TextStatus,
        default=TextStatus.PENDING,
        editable=False,
    )
    text_reason = models.CharField(max_length=20, blank=True, editable=False)
    # The hash of the file that was read: another one than `file_hash` means "read again".
    text_hash = models.CharField(max_length=40, blank=True, editable=False)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "language",
        "year",
        "publisher",
        "collection",
        "tags",
    )
    search_fields = [
        *AbstractDocument.search_fields,
        index.SearchField("description"),
        index.FilterField("text_status"),
    ]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a file that is new or was replaced waits to be read."""
        if self.file and not self.file._committed:
            self._set_document_file_metadata()
        if self.text_status != TextStatus.PENDING and self.file_hash != self.text_hash:
            self.text_status, self.text_reason = TextStatus.PENDING, ""
            if kwargs.get("update_fields") is not None:
                fields = {*kwargs["update_fields"], "text_status", "text_reason"}
                kwargs["update_fields"] = fields
        super().save(*args, **kwargs)

    @property
    def content_type(self) -> str:
        """The type it is served as; a file that is not what its name says is only data."""
        if self.text_reason in reasons.WITHHELD:
            return "application/octet-stream"
        return super().content_type

    @property
    def text_state(self) -> str:
        """Where the reading stands, in a sentence for the editor."""
        if self.text_status == TextStatus.UNAVAILABLE:
            return str(reasons.sentence(self.text_reason))
        return str(self.get_text_status_display())

    @property
    def is_pdf(self) -> bool:
        """Whether a link can name a page of it."""
        return self.file_extension.lower() == "pdf"

    @property
    def reading_url(self) -> str:
        """Address of the page that shows its text, in the language that is active."""
        return reverse("library:file", args=[self.pk])


class FileSection(models.Model):
    """A stretch of a file's text under one heading and, in a PDF, on one page."""

    file = models.ForeignKey(LibraryFile, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveIntegerField()
    heading = models.JSONField(default=list)  # the heading path from the title down
    page = models.PositiveIntegerField(null=True)  # from 1; a Word file has none until printed
    text = models.TextField()

    class Meta:
        ordering = ["file", "order"]
        constraints = [
            models.UniqueConstraint(fields=["file", "order"], name="one_section_per_place")
        ]

    def __str__(self) -> str:
        return " \u203a ".join(self.heading) or self.file.title

    @property
    def anchor(self) -> str:
        """Its place in the reading view."""
        return f"section-{self.order}"
