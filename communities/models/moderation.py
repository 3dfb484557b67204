"""What members report, what facilitators hide, and the log of everything they do."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.models.post import Post
from communities.models.thread import Thread
from core.written_once import WrittenOnce


class Report(models.Model):
    """That a reader thinks a post should not stand there."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("what is wrong with it"), max_length=1000)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("report of a post")
        verbose_name_plural = _("reports of posts")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "by"], condition=Q(settled_at=None), name="one_open_report_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} ({self.created_at:%Y-%m-%d})"


class Hiding(models.Model):
    """That a facilitator has hidden a post, and why; its author sees the reason."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="hiding")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("hidden post")
        verbose_name_plural = _("hidden posts")

    def __str__(self) -> str:
        return f"{self.post_id}"


class Act(WrittenOnce):
    """One step of moderation or administration; read by facilitators, changed by nobody."""

    class Kind(models.TextChoices):
        ADMIT = "admit", _("admitted a member")
        DECLINE = "decline", _("declined a request")
        INVITE = "invite", _("invited somebody")
        REMOVE = "remove", _("removed a member")
        WARN = "warn", _("warned a member")
        HAND_OVER = "hand-over", _("changed who facilitates")
        SETTINGS = "settings", _("changed the settings")
        HIDE = "hide", _("hid a post")
        RESTORE = "restore", _("restored a post")
        RELEASE = "release", _("let a held post through")
        MOVE = "move", _("moved a thread")
        CLOSE = "close", _("closed a thread")
        REOPEN = "reopen", _("reopened a thread")
        PIN = "pin", _("pinned or unpinned a thread")
        PURGE = "purge", _("removed earlier texts of a post")
        SETTLE = "settle", _("settled a report")
        SUMMARISE = "summarise", _("summarised a thread")
        MAKE = "make", _("made something of a thread")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    thread = models.ForeignKey(Thread, null=True, on_delete=models.SET_NULL, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # Plain values before and after, such as {"visibility": ["members", "private"]}.
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("step of moderation")
        verbose_name_plural = _("steps of moderation")

    def __str__(self) -> str:
        return f"{self.kind} ({self.at:%Y-%m-%d})"
