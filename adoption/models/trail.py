"""Who adapted which practice, under which conditions, and with what result."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from adoption.conditions import Condition, Held
from adoption.models.signed import LONGEST, Told
from practices.models import YEARS, PracticePage


class Adoption(Told):
    """That an institution has adapted a practice: told by it, confirmed by who did it first."""

    class Result(models.TextChoices):
        WORKED = "worked", _("It worked")
        PARTLY = "partly", _("It worked in part")
        FAILED = "failed", _("It did not work")

    class Audience(models.TextChoices):
        MEMBERS = "members", _("Members of the Alliance only")
        EVERYBODY = "everybody", _("Everybody")

    class State(models.TextChoices):
        TOLD = "told", _("Told by those who adapted it")
        COMMENTED = "commented", _("Commented by the origin")
        CONFIRMED = "confirmed", _("Confirmed by the origin")

    origin = models.ForeignKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="adoptions"
    )
    own_practice = models.ForeignKey(
        "practices.PracticePage",
        verbose_name=_("your own practice on this site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="adapted_from",
    )
    year_from = models.PositiveSmallIntegerField(_("from (year)"), validators=YEARS)
    year_to = models.PositiveSmallIntegerField(
        _("to (year)"), null=True, blank=True, validators=YEARS, help_text=_("Empty: still going.")
    )
    changed = models.TextField(_("what you changed"), max_length=LONGEST)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    result_note = models.TextField(
        _("what came out of it"),
        max_length=LONGEST,
        help_text=_("If it did not work, say why: that spares others the same."),
    )
    evidence_url = models.URLField(_("link to evidence"), blank=True)
    audience = models.CharField(
        _("who may see this"), max_length=10, choices=Audience.choices, default=Audience.MEMBERS
    )
    voice = models.CharField(
        _("voice"),
        max_length=20,
        choices=PracticePage.Voice.choices,
        default=PracticePage.Voice.PERSONAL,
        help_text=_("In whose name this is said."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.TOLD, editable=False
    )
    edited_at = models.DateTimeField(null=True, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("adaptation")
        verbose_name_plural = _("adaptations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience="members") | ~Q(voice="personal"),
                name="no_adoption_public_as_a_personal_view",
            )
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} → {self.country or self.institution_id}"


class AdoptionCondition(models.Model):
    """Whether a condition for transfer held where a practice was adapted."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="conditions")
    condition = models.CharField(_("condition"), max_length=20, choices=Condition.choices)
    held = models.CharField(
        _("did it hold?"), max_length=10, choices=Held.choices, default=Held.UNKNOWN
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("condition of an adaptation")
        verbose_name_plural = _("conditions of an adaptation")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["adoption", "condition"], name="each_condition_of_an_adoption_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_condition_display()}: {self.get_held_display()}"


class OriginAnswer(Told):
    """What those who did it first say about an adaptation."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="answers")
    confirms = models.BooleanField(_("confirmed"))
    text = models.TextField(_("comment"), max_length=LONGEST, blank=True)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("answer of the origin")
        verbose_name_plural = _("answers of the origin")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"#{self.adoption_id}"
