"""Files that members attach to posts or put into the library of their community."""

import secrets
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.models.post import Post
from communities.models.shelf import ShelfItem


def private_store() -> Any:
    """Return the store that no web server reads: only our own view hands files out."""
    return storages["private"]


def place_in_store(attachment: "Attachment", filename: str) -> str:
    """Return a name of ours; the name it came with is data, never a path."""
    return f"communities/{secrets.token_hex(16)}"


class Attachment(models.Model):
    """A file, seen by whoever may read what it hangs on."""

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting to be read")
        READY = "ready", _("text available")
        UNAVAILABLE = "unavailable", _("text unavailable")

    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    item = models.OneToOneField(
        ShelfItem, null=True, blank=True, on_delete=models.CASCADE, related_name="attachment"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.FileField(storage=private_store, upload_to=place_in_store, max_length=200)
    name = models.CharField(_("name of the file"), max_length=255)
    size = models.PositiveBigIntegerField()  # bytes
    content_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)  # SHA-256 of the content
    created_at = models.DateTimeField(auto_now_add=True)
    text_status = models.CharField(max_length=12, choices=Status.choices, default=Status.PENDING)
    text_reason = models.CharField(max_length=20, blank=True)  # of library.reasons
    # What was read: [{"heading": [...], "page": int or null, "text": str}, ...]
    sections = models.JSONField(default=list)
    language = models.CharField(max_length=12, blank=True)
    page_count = models.PositiveIntegerField(_("pages"), null=True)  # of a PDF

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, item__isnull=False) | Q(post__isnull=False, item=None),
                name="an_attachment_hangs_on_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return where it is handed out, in the language that is active."""
        return reverse("community-file", args=[self.community.slug, self.pk])

    @property
    def ending(self) -> str:
        """The ending of its name, which is one of those that are taken."""
        return PurePath(self.name).suffix.lower().removeprefix(".")

    @property
    def community(self) -> Community:
        """The community whose readers may open it."""
        if self.item:
            return self.item.community
        assert self.post is not None  # noqa: S101 - a constraint of the table
        return self.post.thread.community
