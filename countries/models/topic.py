"""Where topics of the vocabulary stand on the gap map; the secretariat says it."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vocabulary.labels import label


class OnMap(models.Model):
    """What has a place on the gap map: in rows of action points, in rows of areas of indicators."""

    # Codes of vocabulary.ActionPoint, and of guidance.IndicatorPage.Area.
    action_points = models.JSONField(_("action points"), default=list, blank=True)
    areas = models.JSONField(_("areas of indicators"), default=list, blank=True)

    class Meta:
        abstract = True


class MapTopic(OnMap):
    """A term that questions, searches and pages are about, and the rows it counts in."""

    class Kind(models.TextChoices):
        THEME = "theme", _("Theme")
        CONCEPT = "concept", _("Concept")
        POPULATION = "population", _("Children concerned")
        DATA_SOURCE = "data_source", _("Data source")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    code = models.SlugField(
        _("code"), max_length=80, help_text=_("The same in every language; it never changes.")
    )

    class Meta:
        verbose_name = _("topic on the gap map")
        verbose_name_plural = _("topics on the gap map")
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="a_topic_once_on_the_map")
        ]

    def __str__(self) -> str:
        return label(self.kind, self.code, get_language() or "en")
