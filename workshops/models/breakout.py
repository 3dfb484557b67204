"""Breakout groups: questions that are set, and what the rapporteur of each group notes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.signed import Signed
from workshops.models.workshop import AgendaItem, Workshop

LONGEST_NOTE = 5000


class Breakout(models.Model):
    """Groups that talk about the same questions at the same time."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="breakouts")
    session = models.ForeignKey(
        AgendaItem,
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="breakouts",
    )
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("what the groups are to do"), max_length=2000, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("breakout")
        verbose_name_plural = _("breakouts")

    def __str__(self) -> str:
        return self.title


class BreakoutQuestion(models.Model):
    """A question that every group is asked."""

    breakout = models.ForeignKey(Breakout, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=500)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("question of a breakout")
        verbose_name_plural = _("questions of a breakout")

    def __str__(self) -> str:
        return self.text


class BreakoutGroup(models.Model):
    """One group; its rapporteur writes, those who take part in the workshop read."""

    breakout = models.ForeignKey(Breakout, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("group"), max_length=200)
    rapporteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("rapporteur"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("breakout group")
        verbose_name_plural = _("breakout groups")

    def __str__(self) -> str:
        return self.name


class Note(Signed):
    """One point that a group made in answer to a question."""

    group = models.ForeignKey(BreakoutGroup, on_delete=models.CASCADE, related_name="notes")
    question = models.ForeignKey(BreakoutQuestion, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("point"), max_length=LONGEST_NOTE)
    fingerprint = models.CharField(max_length=64, unique=True)
    changed_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(Signed.Meta):
        ordering = ["pk"]
        verbose_name = _("note of a breakout group")
        verbose_name_plural = _("notes of breakout groups")

    def __str__(self) -> str:
        return f"#{self.pk}"
