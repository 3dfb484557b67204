"""What people are to be told by mail, how often they want it, and what came back."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.post import Post
from communities.models.thread import Thread


def _new_key() -> str:
    return secrets.token_hex(16)


class MailChoice(models.Model):
    """How often somebody wants the one digest of all their communities."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")
        NEVER = "never", _("never")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice"
    )
    rhythm = models.CharField(
        _("digest"), max_length=10, choices=Rhythm.choices, default=Rhythm.WEEKLY
    )
    # Part of every signed address and link; a new one makes those sent before worthless.
    key = models.CharField(max_length=32, default=_new_key, editable=False)
    # When it was last seen to, whether or not there was anything to send.
    last_digest_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.rhythm}"


class Notice(models.Model):
    """That a post is news for somebody; sent at once or in the digest, if they may still see it."""

    class Reason(models.TextChoices):
        MENTION = "mention", _("you are mentioned")
        ANSWER = "answer", _("an answer to you")
        FOLLOWED = "followed", _("in a thread that you follow")
        NEWS = "news", _("new in your community")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="notices")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    # When it was mailed, or found to be none of their business any more.
    settled_at = models.DateTimeField(null=True)
    # When a mail of its own was queued for it; one in a digest has none.
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "post"], name="one_notice_each")]
        indexes = [
            models.Index(fields=["user", "settled_at"]),
            models.Index(fields=["settled_at", "reason"]),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.post_id} ({self.reason})"


class Quiet(models.Model):
    """That somebody wants no mail about a thread, whatever is said in it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiet_threads"
    )
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("thread without mail")
        verbose_name_plural = _("threads without mail")
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="quiet_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.thread_id}"


class Inbound(models.Model):
    """A mail that came in and what became of it; never its text."""

    class Outcome(models.TextChoices):
        POSTED = "posted", _("posted")
        HELD = "held", _("held for the facilitator")
        REFUSED = "refused", _("refused")
        DROPPED = "dropped", _("dropped")

    message_id = models.CharField(max_length=255, unique=True)
    received_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=40, blank=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("mail received")
        verbose_name_plural = _("mails received")

    def __str__(self) -> str:
        return f"{self.outcome} {self.reason}"
