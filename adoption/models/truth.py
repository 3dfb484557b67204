"""Whether a practice is still as it says."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TruthQuestion(models.Model):
    """That those who did a practice were asked by mail whether it is still so."""

    practice = models.ForeignKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="truth_questions"
    )
    asked_at = models.DateTimeField(_("asked on"))
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)
    # Answered, or no longer asked because the practice is not published any more.
    closed_at = models.DateTimeField(null=True, blank=True)
    # Whether there was anybody to ask.
    reached = models.PositiveSmallIntegerField(_("people asked"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question whether it is still true")
        verbose_name_plural = _("questions whether it is still true")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(closed_at__isnull=True),
                name="one_open_truth_question",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.practice_id} ({self.asked_at:%Y-%m-%d})"


class TruthAnswer(models.Model):
    """What was answered; by whom, where the answer came from somebody with an account."""

    class Value(models.TextChoices):
        TRUE = "true", _("still true")
        CHANGE = "change", _("needs a change")
        UNTRUE = "untrue", _("no longer true")

    question = models.OneToOneField(TruthQuestion, on_delete=models.CASCADE, related_name="answer")
    value = models.CharField(_("answer"), max_length=10, choices=Value.choices)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer whether it is still true")
        verbose_name_plural = _("answers whether it is still true")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_value_display()


class GuidanceCheck(models.Model):
    """That a practice is to be checked because a guidance it applies has a newer version."""

    class How(models.TextChoices):
        CHECKED = "checked", _("checked, still right")
        REVISED = "revised", _("revised")

    practice = models.ForeignKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="guidance_checks"
    )
    newer = models.ForeignKey(
        "guidance.GuidancePage", on_delete=models.CASCADE, related_name="practices_to_check"
    )
    raised_at = models.DateTimeField(_("raised on"))
    told_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    how = models.CharField(_("cleared by"), max_length=10, choices=How.choices, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("practice to be checked")
        verbose_name_plural = _("practices to be checked")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "newer"], name="one_check_for_each_newer_guidance"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.practice_id}"
