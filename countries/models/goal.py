"""What a country's team means to do about a gap: with an owner, a date, and what it follows."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from countries.models.gap import GapKind
from countries.models.said import OfCountry


class Goal(OfCountry):
    """One goal of a country."""

    class State(models.TextChoices):
        OPEN = "open", _("under way")
        REACHED = "reached", _("reached")
        GIVEN_UP = "given-up", _("given up")

    kind = models.ForeignKey(
        GapKind, verbose_name=_("gap"), on_delete=models.PROTECT, related_name="goals"
    )
    text = models.CharField(_("goal"), max_length=500)
    # An office, not a person: people change.
    owner = models.CharField(_("who sees to it"), max_length=255)
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    practice = models.ForeignKey(
        "practices.PracticePage",
        verbose_name=_("practice that it follows"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(OfCountry.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["about", F("due_on").asc(), "pk"]

    def __str__(self) -> str:
        return self.text
