"""A country's assessment: one round of a questionnaire, and its answers."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from countries.models.questionnaire import Question, Questionnaire, QuestionnaireVersion
from members.signed import Signed

LONGEST_NOTE = 5000
LONGEST_SOURCE = 500


class Assessment(Signed):
    """One round, signed by who opened it. It is the team's own: only single answers are public.

    `about` is the country that is assessed (ISO 3166-1 alpha-3), as in `OfCountry`.
    """

    about = models.CharField(
        _("country"), max_length=3, db_index=True, validators=[RegexValidator(r"^[A-Z]{3}\Z")]
    )
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, editable=False)
    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="assessments"
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    opens_on = models.DateField(_("opens on"), default=timezone.localdate)
    locks_on = models.DateField(_("last day to answer"))

    class Meta(Signed.Meta):
        abstract = False
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "questionnaire", "round"], name="one_assessment_per_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.version_id}, {self.round}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Count rounds by questionnaire, whatever its version."""
        self.questionnaire_id = self.version.questionnaire_id
        super().save(*args, **kwargs)

    @property
    def is_locked(self) -> bool:
        """Whether its last day is over."""
        return timezone.localdate() > self.locks_on

    @property
    def is_open(self) -> bool:
        """Whether it can be answered today."""
        return self.opens_on <= timezone.localdate() <= self.locks_on


class Answer(Signed):
    """What a country answers to one question, signed by who saved it last.

    `value` is as its kind says (`countries.questionnaires.kinds`), None while there is none.
    `revision` grows with every save. The note is for the team alone, even where `public`.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField(_("answer"), null=True, encoder=DjangoJSONEncoder)
    not_known = models.BooleanField(_("not known"), default=False)
    source = models.CharField(_("source"), max_length=LONGEST_SOURCE, blank=True)
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)
    public = models.BooleanField(_("public"), default=False)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta(Signed.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"], name="one_answer_per_question"
            ),
            models.CheckConstraint(
                condition=~models.Q(public=True, value__isnull=True, not_known=False),
                name="public_answers_say_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.question_id}"

    @property
    def is_given(self) -> bool:
        """Whether the question counts as answered: by a value, or by "not known"."""
        return self.not_known or self.value is not None


class Reopening(Signed):
    """Why the secretariat opened a locked assessment again, and until when."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reopenings")
    reason = models.CharField(_("reason"), max_length=500)
    until = models.DateField(_("last day to answer"))

    class Meta(Signed.Meta):
        abstract = False
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.reason
