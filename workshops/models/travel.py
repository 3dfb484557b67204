"""Who asks to have a journey to a workshop paid for; between that person and the secretariat."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models.workshop import Workshop


class TravelRequest(models.Model):
    """That somebody needs their journey paid for, and what the secretariat says.

    Facilitators and others who take part know nothing of it, and no search finds it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="travel_requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="travel_requests"
    )
    travels_from = models.CharField(_("where the journey begins"), max_length=120)
    needs = models.TextField(_("what is needed, and why"), max_length=2000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("request for travel support")
        verbose_name_plural = _("requests for travel support")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "user"], name="one_travel_request_each")
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.user_id} ({self.state})"
