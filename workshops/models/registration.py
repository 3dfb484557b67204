"""Who asks to take part in a workshop, and what the facilitators say."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models.workshop import ISO3, Workshop


class Registration(models.Model):
    """That somebody asked to take part; accepted, they do."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="workshop_registrations"
    )
    # What they sign with in this workshop.
    country = models.CharField(_("country"), max_length=3, blank=True, validators=[ISO3])
    institution = models.ForeignKey(
        "users.Institution",
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    text = models.TextField(_("what you expect of the workshop"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    attended = models.BooleanField(_("was there"), null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("registration for a workshop")
        verbose_name_plural = _("registrations for a workshop")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "user"], name="one_registration_each")
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.user_id} ({self.state})"
