"""A question, a challenge, a discussion or a notice, and the answers that search knows at once."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from members.signed import Signed


class Thread(Signed):
    """What a member opened in a community; its first post says what it is about."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        CHALLENGE = "challenge", _("Challenge")
        DISCUSSION = "discussion", _("Discussion")
        NOTICE = "notice", _("Notice")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="threads")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    # Set by `communities.posting` alone, under a lock on this row.
    post_count = models.PositiveIntegerField(default=0, editable=False)
    last_post_at = models.DateTimeField(null=True, editable=False)
    # The post that the asker marked as the answer.
    answer = models.ForeignKey(
        "communities.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Closed: it can be read, nobody writes in it any more.
    closed_at = models.DateTimeField(null=True, blank=True)
    pinned = models.BooleanField(_("stands above the others"), default=False)
    # When the search looked for what is known already (`FirstAnswer`); empty until then.
    looked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-pinned", "-last_post_at", "-pk"]
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        indexes = [
            models.Index(fields=["community", "-pinned", "-last_post_at", "-id"]),
            models.Index(fields=["community", "kind", "-last_post_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_asked(self) -> bool:
        """Whether it waits for an answer that its author can mark."""
        return self.kind in (self.Kind.QUESTION, self.Kind.CHALLENGE)

    def get_absolute_url(self) -> str:
        """Return its address, in the language that is active."""
        return reverse("thread", args=[self.community.slug, self.pk])


class FirstAnswer(models.Model):
    """A document that search found for a thread when it was opened; shown as far as it may be."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="first_answers")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=200)  # search.documents.Document.key
    # The row of search.models.Passage that fits; gone when its document says something else.
    passage = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["thread_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "key"], name="a_first_answer_once")
        ]

    def __str__(self) -> str:
        return self.key
