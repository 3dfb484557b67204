"""Gaps in the data of countries, and the rules by which answers show them.

The secretariat writes both. What the rules find is stored, so that gaps of many countries can be
read together; `countries.gaps.finding` keeps it true.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from countries.models.assessment import Answer, Assessment
from countries.models.questionnaire import Questionnaire, Titled, in_language
from countries.models.topic import OnMap


class GapKind(OnMap, Titled):
    """A gap that countries may have, and what to search for to close it."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    # What is asked of the search to find what addresses it.
    ask_en = models.CharField(_("English"), max_length=300)
    ask_es = models.CharField(_("Spanish"), max_length=300, blank=True)
    ask_fr = models.CharField(_("French"), max_length=300, blank=True)
    ask_ar = models.CharField(_("Arabic"), max_length=300, blank=True)
    # Codes of vocabulary.Theme: who knows these topics is named as somebody to ask.
    themes = models.JSONField(_("topics"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        ordering = ["order", "pk"]

    @property
    def ask(self) -> str:
        """The question to the search, in the reader's language."""
        return in_language(self, "ask")


class GapRule(ClusterableModel):
    """Answers that show a gap: all of its conditions hold. Several rules may show the same gap."""

    gap = models.ForeignKey(
        GapKind, verbose_name=_("gap"), on_delete=models.CASCADE, related_name="rules"
    )
    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name=_("questionnaire"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("rule for a gap")
        verbose_name_plural = _("rules for gaps")
        ordering = ["gap__order", "pk"]

    def __str__(self) -> str:
        return f"{self.gap} ({self.questionnaire})"


class Condition(Orderable):
    """What one answer must be for a rule to hold."""

    class Test(models.TextChoices):
        IS = "is", _("is, or has among its answers")
        IS_NOT = "is-not", _("is given, and is or has none of")
        NOT_KNOWN = "not-known", _("is “not known”")
        BELOW = "below", _("is below")
        ABOVE = "above", _("is above")

    rule = ParentalKey(GapRule, on_delete=models.CASCADE, related_name="conditions")
    question = models.SlugField(
        _("question"), max_length=60, help_text=_("Its code in the questionnaire.")
    )
    test = models.CharField(_("test"), max_length=20, choices=Test.choices, default=Test.IS)
    values = models.CharField(
        _("values"),
        max_length=300,
        blank=True,
        help_text=_("Codes of answers with commas between them, or one number."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")

    def __str__(self) -> str:
        return f"{self.question} {self.get_test_display()} {self.values}".strip()

    @property
    def codes(self) -> list[str]:
        """The values, one by one."""
        return [each.strip() for each in self.values.split(",") if each.strip()]

    def clean(self) -> None:
        """Refuse a question or an answer that the questionnaire does not have."""
        from countries.gaps.checking import problem_of

        super().clean()
        questionnaire: Any = getattr(self.rule, "questionnaire", None) if self.rule_id else None
        if questionnaire is not None and (problem := problem_of(self, questionnaire)):
            raise ValidationError(problem)


class Gap(models.Model):
    """A gap that the answers of one assessment show, with the answers that show it.

    Others than the team and the secretariat may know of it only where each of these is public.
    """

    about = models.CharField(
        max_length=3, db_index=True, validators=[RegexValidator(r"^[A-Z]{3}\Z")]
    )
    kind = models.ForeignKey(GapKind, on_delete=models.CASCADE, related_name="found")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="gaps")
    answers = models.ManyToManyField(Answer, related_name="gaps")
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["about", "kind__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "kind"], name="a_gap_once_per_assessment")
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.kind_id}"
