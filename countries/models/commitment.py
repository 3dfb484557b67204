"""What a country has pledged, for voluntary reporting, and the notes on how far it is."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from countries.models.said import OfCountry


class Commitment(OfCountry):
    """One pledge of a country, as it was made."""

    text = models.TextField(_("commitment"), max_length=2000)
    indicator = models.ForeignKey(
        "guidance.IndicatorPage",
        verbose_name=_("indicator"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Its code: a term of the vocabulary has one row for each language.
    action_point = models.CharField(_("action point"), max_length=80, blank=True)
    made_on = models.DateField(_("made on"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    external_id = models.CharField(_("external id"), max_length=100, blank=True)

    class Meta(OfCountry.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["about", F("made_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "external_id"],
                condition=~Q(external_id=""),
                name="one_commitment_per_external_id",
            ),
            models.CheckConstraint(
                condition=Q(made_on=None) | Q(due_on=None) | Q(due_on__gte=F("made_on")),
                name="commitment_is_due_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ProgressNote(OfCountry):
    """How far a commitment was on a day; read by others only where both are public."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="progress")
    text = models.TextField(_("progress"), max_length=2000)
    on = models.DateField(_("as of"))

    class Meta(OfCountry.Meta):
        verbose_name = _("progress note")
        verbose_name_plural = _("progress notes")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on}: {self.text[:60]}"
