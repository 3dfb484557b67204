"""Feedback of peers on a practice, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from adoption.models.signed import LONGEST, Told
from practices.sections import BY_KEY


class Feedback(Told):
    """What a member says about a practice or one section of it, or an answer to that."""

    class Kind(models.TextChoices):
        WORKED = "worked", _("What worked for us")
        QUESTION = "question", _("A question")
        SUGGESTION = "suggestion", _("A suggestion")
        ADAPTED = "adapted", _("We have adapted it")
        ANSWER = "answer", _("An answer")

    practice = models.ForeignKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="feedback"
    )
    answer_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    # The key of practices.sections; empty: the whole practice.
    section = models.CharField(_("part of the practice"), max_length=40, blank=True)
    text = models.TextField(_("your text"), max_length=LONGEST)
    edited_at = models.DateTimeField(null=True, editable=False)
    # Taken back by its author after somebody had answered: its text is gone, its place stays.
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="answer", answer_to__isnull=False)
                | (~Q(kind="answer") & Q(answer_to__isnull=True)),
                name="only_answers_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"

    @property
    def section_label(self) -> str:
        """The name of the part of the practice, or "" for the whole."""
        section = BY_KEY.get(self.section)
        return str(section.label) if section else ""


class EarlierText(models.Model):
    """What a feedback said before it was edited."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="earlier")
    text = models.TextField(_("text"))
    until = models.DateTimeField(_("until"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return f"#{self.feedback_id} ({self.until:%Y-%m-%d})"


class Hiding(models.Model):
    """That the secretariat has hidden a feedback, and why."""

    feedback = models.OneToOneField(Feedback, on_delete=models.CASCADE, related_name="hiding")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("hidden feedback")
        verbose_name_plural = _("hidden feedback")

    def __str__(self) -> str:
        return f"#{self.feedback_id}"


class TakenOver(models.Model):
    """That an editor has taken a suggestion over, and the revision that it became."""

    feedback = models.OneToOneField(Feedback, on_delete=models.CASCADE, related_name="taken_over")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Set when a version with it is published: from then on the practice says thanks.
    published_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("suggestion taken over")
        verbose_name_plural = _("suggestions taken over")

    def __str__(self) -> str:
        return f"#{self.feedback_id}"
