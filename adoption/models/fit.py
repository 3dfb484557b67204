"""A private checklist on whether a practice would fit."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from adoption.conditions import Condition, Held


class FitCheck(models.Model):
    """One person's answers for one practice; nobody else's business unless they share it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    practice = models.ForeignKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="+"
    )
    # The country whose representatives may read it, too; empty: nobody else.
    shared_with = models.CharField(_("shared with the team of"), max_length=3, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "practice"], name="one_checklist_each")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class FitAnswer(models.Model):
    """Whether one condition holds where the person works."""

    check_of = models.ForeignKey(FitCheck, on_delete=models.CASCADE, related_name="answers")
    condition = models.CharField(_("condition"), max_length=20, choices=Condition.choices)
    held = models.CharField(
        _("does it hold?"), max_length=10, choices=Held.choices, default=Held.UNKNOWN
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer of a checklist")
        verbose_name_plural = _("answers of a checklist")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_of", "condition"], name="each_condition_of_a_checklist_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
