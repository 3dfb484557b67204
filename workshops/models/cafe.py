"""The World Cafe: challenges of countries, rounds, and what peers recommend."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.signed import Signed
from workshops.models.workshop import ISO3, Workshop

LONGEST_CARD = 2000


class Challenge(Signed):
    """A challenge card: what a country of the workshop asks its peers.

    `about` is the country whose challenge it is, `country` that of whoever wrote the card.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="challenges")
    about = models.CharField(_("country"), max_length=3, validators=[ISO3])
    title = models.CharField(_("challenge in one sentence"), max_length=200)
    text = models.TextField(_("what stands in the way"), max_length=LONGEST_CARD, blank=True)
    ask = models.CharField(_("what you ask your peers"), max_length=300, blank=True)
    language = models.CharField(max_length=12, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # The same for the same card sent twice; one for each person and card.
    fingerprint = models.CharField(max_length=64, unique=True)
    changed_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(Signed.Meta):
        ordering = ["order", "pk"]
        verbose_name = _("challenge card")
        verbose_name_plural = _("challenge cards")

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """A timed round: a challenge before the whole room, or all of them at their tables."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="rounds")
    challenge = models.ForeignKey(
        Challenge,
        verbose_name=_("challenge"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="rounds",
    )
    number = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    started_at = models.DateTimeField()
    # When it ends, or was ended; more minutes move it.
    ends_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "number"], name="one_round_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.number}"

    def runs(self, now: datetime.datetime) -> bool:
        """Return whether the round is under way."""
        return self.started_at <= now < self.ends_at


class Choice(models.TextChoices):
    """What the owner of a challenge makes of a recommendation."""

    OPEN = "open", _("not decided yet")
    TRY = "try", _("will try")
    TRIED = "tried", _("tried")
    UNSUITABLE = "unsuitable", _("not suitable")


class Recommendation(Signed):
    """A recommendation card: what a peer advises, signed by their country (`country`)."""

    challenge = models.ForeignKey(
        Challenge, on_delete=models.CASCADE, related_name="recommendations"
    )
    # The round that was under way when it was written, which may be before it arrived.
    round = models.ForeignKey(
        Round, null=True, on_delete=models.SET_NULL, related_name="recommendations"
    )
    text = models.TextField(_("recommendation"), max_length=LONGEST_CARD)
    # A practice that shows it, chosen from those beside the challenge.
    practice = models.ForeignKey(
        "practices.PracticePage",
        verbose_name=_("practice"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(max_length=12, blank=True)
    # The same for the same card sent twice: of the person and the key made in their browser.
    fingerprint = models.CharField(max_length=64, unique=True)
    withdrawn_at = models.DateTimeField(null=True)
    # What the newest decision says, so that lists need no other rows.
    choice = models.CharField(max_length=10, choices=Choice.choices, default=Choice.OPEN)

    class Meta(Signed.Meta):
        ordering = ["pk"]
        verbose_name = _("recommendation card")
        verbose_name_plural = _("recommendation cards")
        indexes = [models.Index(fields=["challenge", "withdrawn_at"])]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Decision(Signed):
    """What the country of the challenge decided on a card, and why; the newest counts."""

    card = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="decisions")
    choice = models.CharField(_("decision"), max_length=10, choices=Choice.choices)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    # How many months after the workshop it was asked for by mail; 0: said on the site.
    months = models.PositiveSmallIntegerField(default=0)

    class Meta(Signed.Meta):
        ordering = ["pk"]
        verbose_name = _("decision on a recommendation")
        verbose_name_plural = _("decisions on recommendations")

    def __str__(self) -> str:
        return f"#{self.card_id}: {self.choice}"


class FollowUp(models.Model):
    """That the country of a challenge was asked by mail what became of a card."""

    card = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()  # after the last day of the workshop
    asked_at = models.DateTimeField(_("asked on"))
    # How many people were asked.
    reached = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    answer = models.OneToOneField(
        Decision, null=True, on_delete=models.SET_NULL, related_name="follow_up"
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("follow-up of a recommendation")
        verbose_name_plural = _("follow-ups of recommendations")
        constraints = [
            models.UniqueConstraint(fields=["card", "months"], name="asked_once_after_so_long"),
            models.CheckConstraint(condition=Q(months__gt=0), name="asked_after_some_months"),
        ]

    def __str__(self) -> str:
        return f"#{self.card_id} ({self.months})"
