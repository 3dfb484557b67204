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
from wagtail.models import Page
from wagtail.search import index

from library import reasons
from library.clean import CleanFile, CleanFileField, cleaned


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

    file = CleanFileField(upload_to="documents", verbose_name=_("file"))
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
    # Why nobody but its editors may open it; "" where that is not so. A row that came past
    # `save` is withheld until the worker has cleaned its file.
    withheld = models.CharField(
        max_length=20, blank=True, default=reasons.UNCLEAN, editable=False, db_index=True
    )
    # What of its making a Word file still shows: comments, changes, or both.
    revisions = models.CharField(max_length=20, blank=True, editable=False)
    # The page that it was uploaded for: it goes with it, and is public while that page names it.
    page = models.ForeignKey(
        Page, null=True, blank=True, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    shown = models.BooleanField(default=False, editable=False)

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
        """Save, without its authors; a file that is new or was replaced waits to be read."""
        changed = set()
        stored: Any = self.file
        if stored and not stored._committed:
            clean = cleaned(stored.file, stored.name)
            self.file = clean
            self.take(clean)
            changed |= {"file_hash", "file_size", "withheld", "revisions"}
        if self.text_status != TextStatus.PENDING and self.file_hash != self.text_hash:
            self.text_status, self.text_reason = TextStatus.PENDING, ""
            changed |= {"text_status", "text_reason"}
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *changed}
        super().save(*args, **kwargs)

    @classmethod
    def attach(cls, *args: Any, **kwargs: Any) -> "LibraryFile":
        """Take in a file that somebody uploads for a page of theirs (`library.attaching`)."""
        from library.attaching import attach

        return attach(*args, **kwargs)

    @classmethod
    def open_to(cls, audiences: frozenset[str]) -> "models.QuerySet[LibraryFile]":
        """Return the files that these audiences may open (`library.access`)."""
        from library.access import files_for

        return files_for(audiences)

    def take(self, clean: CleanFile) -> None:
        """Remember what came of cleaning the content that is stored, or about to be."""
        from library.revisions import is_acknowledged

        self.file_hash, self.file_size = clean.file_hash, clean.size
        self.revisions, self.withheld = clean.revisions, clean.withheld
        if self.revisions and not self.withheld and not is_acknowledged(self):
            self.withheld = reasons.REVISIONS

    @property
    def content_type(self) -> str:
        """The type it is served as; to whoever may have what is withheld, it is only data."""
        if self.withheld:
            return "application/octet-stream"
        return super().content_type

    @property
    def text_state(self) -> str:
        """Where the reading stands, in a sentence for the editor."""
        if self.text_status == TextStatus.UNAVAILABLE:
            return str(reasons.sentence(self.text_reason))
        return str(self.get_text_status_display())

    @property
    def withheld_state(self) -> str:
        """Why nobody else may open it, in a sentence for the editor; "" where they may."""
        return str(reasons.sentence(self.withheld)) if self.withheld else ""

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
