"""A thread as knowledge: its summary, sentence by sentence, and what was made of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.post import Post
from communities.models.thread import Thread
from members.signed import Signed


class Summary(Signed):
    """What a facilitator says a thread has brought, in sentences that each rest on posts."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="summary")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("summary of a thread")
        verbose_name_plural = _("summaries of threads")

    def __str__(self) -> str:
        return str(self.thread)


class Sentence(models.Model):
    """One sentence of a summary, with the posts that it rests on."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="sentences")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("sentence"), max_length=1000)
    posts = models.ManyToManyField(Post, related_name="+")

    class Meta:
        ordering = ["summary_id", "position"]

    def __str__(self) -> str:
        return self.text


class Outcome(models.Model):
    """That a thread became something else: a draft, a building block, a finding."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=20)  # of communities.knowledge.kinds
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=255)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("what a thread became")
        verbose_name_plural = _("what threads became")

    def __str__(self) -> str:
        return self.title
