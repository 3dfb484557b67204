"""What is true of a country in short: its role in migration, its set-up, the children concerned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from countries.models.said import OfCountry


class ProfileEntry(OfCountry):
    """One fact about a country by its code (`countries.profile.codes` says which there are)."""

    class Kind(models.TextChoices):
        ROLE = "role", _("Role in migration")
        SET_UP = "set-up", _("Institutional set-up")
        POPULATION = "population", _("Children concerned")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    code = models.SlugField(_("what holds"), max_length=80)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)

    class Meta(OfCountry.Meta):
        verbose_name = _("profile entry")
        verbose_name_plural = _("profile entries")
        ordering = ["about", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "kind", "code"], name="one_profile_entry_per_fact"
            )
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.code}"
