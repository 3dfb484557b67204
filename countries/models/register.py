"""The register of a country's data sources: what there is and who holds it, never the data."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from countries.models.said import OfCountry
from countries.register.answers import Access, AgeDetail, Linkable, Unit

# The first modern censuses; whatever is older is a slip.
FIRST_YEAR, LAST_YEAR = 1800, 2100


class DataSource(OfCountry):
    """One source of data in a country: metadata only.

    `type` and `disaggregation` hold codes of the vocabulary. "Not known" is an answer; what was
    not answered is empty.
    """

    name = models.CharField(_("name of the source"), max_length=255)
    owner = models.CharField(_("owner"), max_length=255, blank=True)
    type = models.SlugField(_("type of data source"), max_length=80, blank=True)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices, blank=True)
    age_detail = models.CharField(
        _("age detail"), max_length=20, choices=AgeDetail.choices, blank=True
    )
    disaggregation = models.JSONField(_("disaggregation"), default=list, blank=True)
    linkable = models.CharField(_("linkable"), max_length=20, choices=Linkable.choices, blank=True)
    access = models.CharField(_("access"), max_length=20, choices=Access.choices, blank=True)
    latest_year = models.PositiveSmallIntegerField(
        _("latest year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    note = models.TextField(_("note"), max_length=1000, blank=True)
    source = models.CharField(_("where this is said"), max_length=400, blank=True)
    external_id = models.CharField(_("external id"), max_length=100, blank=True)

    class Meta(OfCountry.Meta):
        verbose_name = _("data source")
        verbose_name_plural = _("data sources")
        ordering = ["about", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "external_id"],
                condition=~Q(external_id=""),
                name="one_data_source_per_external_id",
            )
        ]

    def __str__(self) -> str:
        return self.name
