"""What somebody said in a thread."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communities.models.thread import Thread
from members.signed import Signed

LONGEST = 20_000  # characters
PER_PAGE = 50  # so many numbers stand on one page of a thread


class Post(Signed):
    """One contribution in Markdown; its number is its place in the thread for ever."""

    class Way(models.TextChoices):
        WEB = "web", _("on the site")
        MAIL = "mail", _("by mail")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(editable=False)  # from 1; 1 opens the thread
    text = models.TextField(_("your text"), max_length=LONGEST)
    quoted = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    came_by = models.CharField(max_length=4, choices=Way.choices, default=Way.WEB)
    edited_at = models.DateTimeField(null=True, editable=False)
    # Taken back by its author: its text is gone, its place stays.
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    # Waits for a facilitator, who lets it through or hides it; until then only its author sees it.
    held = models.BooleanField(default=False, editable=False)
    # What is the same for the same post sent twice.
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        ordering = ["thread_id", "number"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="one_post_per_place")
        ]
        indexes = [
            models.Index(F("author"), F("created_at"), name="posts_by_author"),
            # Few wait, among very many.
            models.Index(fields=["thread"], condition=Q(held=True), name="posts_held"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def anchor(self) -> str:
        """Its place on the page of the thread."""
        return f"post-{self.number}"

    def get_absolute_url(self) -> str:
        """Return its address, in the language that is active."""
        return f"{self.page_address}#{self.anchor}"

    @property
    def page_address(self) -> str:
        """The page of the thread that it stands on, in the language that is active."""
        address = self.thread.get_absolute_url()
        return address if self.number <= PER_PAGE else f"{address}?post={self.number}"


class EarlierText(models.Model):
    """What a post said before it was edited."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="earlier")
    # Of the thread, where its first post was edited and the title with it.
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    until = models.DateTimeField(_("until"), auto_now_add=True)

    class Meta:
        ordering = ["-until", "-pk"]
        verbose_name = _("earlier text of a post")
        verbose_name_plural = _("earlier texts of posts")

    def __str__(self) -> str:
        return f"{self.post_id} ({self.until:%Y-%m-%d})"


class Mention(models.Model):
    """That a post calls somebody by name; they are told at once."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="one_mention_each")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.user_id}"


class CitedPage(models.Model):
    """A page of this site that a post links to; it shows as a card to whoever may open it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="cited")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "page"], name="a_page_cited_once")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.page_id}"
