"""A survey after a workshop: its questions, who was invited, and answers that are nobody's.

Nothing leads from an answer to a person: answers have no time, no order and no link to an
invitation (`workshops.survey.answering` says how it is kept so).
"""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workshops.models.workshop import Workshop

# Random numbers that every database and every script holds exactly.
_MOST = 2**53


def random_number() -> int:
    """Return a number that tells nothing of when it was drawn."""
    return secrets.randbelow(_MOST - 1) + 1


def random_token() -> str:
    """Return a part of an address that nobody guesses."""
    return secrets.token_urlsafe(16)


class Agreement(models.TextChoices):
    """How far somebody agrees with a statement; the order is that of the scale."""

    STRONGLY = "strongly", _("Strongly agree")
    AGREE = "agree", _("Agree")
    NEITHER = "neither", _("Neither agree nor disagree")
    DISAGREE = "disagree", _("Disagree")
    STRONGLY_NOT = "strongly-not", _("Strongly disagree")


class Survey(models.Model):
    """A set of questions; a draft, then open for answers, then closed for ever with its results."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="surveys")
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(_("introduction"), max_length=2000, blank=True)
    # The part of the address by which anybody answers; empty: only invitations are answered.
    open_token = models.CharField(max_length=40, blank=True, default="")
    most = models.PositiveIntegerField(
        _("most answers"),
        null=True,
        blank=True,
        help_text=_("How many people were there: an open link takes no more answers than these."),
    )
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.UniqueConstraint(
                fields=["open_token"],
                condition=~Q(open_token=""),
                name="one_survey_for_each_open_link",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Whether its questions may still change: nobody was asked yet."""
        return self.opened_at is None

    @property
    def is_open(self) -> bool:
        """Whether it takes answers."""
        return self.opened_at is not None and self.closed_at is None


class SurveyQuestion(models.Model):
    """A question of a survey."""

    class Kind(models.TextChoices):
        CHOICE = "choice", _("choice of one answer")
        SEVERAL = "several", _("choice of several answers")
        AGREEMENT = "agreement", _("agreement with a statement")
        OPEN = "open", _("text")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField(_("place"), default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("question or statement"), max_length=255)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    groups = models.BooleanField(
        _("results may be told for its groups"),
        default=False,
        help_text=_("Only for a choice of one answer. Groups of fewer than five are never told."),
    )
    # How the result is told in public: of all who answered, those who chose one of `counted`.
    statement = models.CharField(_("as the public page tells it"), max_length=255, blank=True)
    counted = models.JSONField(_("answers that it counts"), default=list, blank=True)

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of a survey")

    def __str__(self) -> str:
        return self.text

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """What can be chosen: (stored value, words); of a text nothing."""
        if self.kind == self.Kind.AGREEMENT:
            return list(Agreement.choices)
        return [(str(number), words) for number, words in enumerate(self.options)]


class SurveyInvitation(models.Model):
    """That somebody was invited, and whether their link was used: deleted when the survey closes.

    Of the link only the digest is known. Nothing here says when it was used, or what for.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to a survey")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "user"], name="one_invitation_for_each_survey"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.user_id}"


class SurveyForm(models.Model):
    """That a form of an open link was sent: the same form is not taken twice."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="sent_forms")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("sent form of a survey")
        verbose_name_plural = _("sent forms of a survey")

    def __str__(self) -> str:
        return self.digest[:12]


class SurveyAnswer(models.Model):
    """What one form said: {question: value, or values}, and whether its words may be quoted."""

    id = models.BigAutoField(primary_key=True, default=random_number, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    said = models.JSONField(default=dict)
    may_quote = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to a survey")

    def __str__(self) -> str:
        return f"{self.survey_id}"
