"""What people follow beyond their communities, and the private feed of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.membership import Membership


class Follow(models.Model):
    """That somebody wants to hear of what is new about something."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        THEME = "theme", _("Topic")
        PRACTICE = "practice", _("Practice")
        THREAD = "thread", _("Thread")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # Of the vocabulary for countries and topics; a practice's work (its pages' translation key); a
    # thread's number.
    code = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    # What they have been told of: {"document": number} of search's last for countries and topics,
    # {"told": [keys]} for practices. Rows tell what is new, whatever the clocks say.
    seen = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("something followed")
        verbose_name_plural = _("things followed")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "code"], name="followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"


class FeedToken(models.Model):
    """The key in the address of somebody's private feed, as its SHA-256; it can be taken back."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_tokens"
    )
    # It opens the calendar of that community, as long as this membership lasts; without, the news.
    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.CASCADE, related_name="feed_tokens"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("address of a private feed")
        verbose_name_plural = _("addresses of private feeds")

    def __str__(self) -> str:
        return f"{self.user_id} ({self.created_at:%Y-%m-%d})"
