"""The register of what a community has decided; adopted text never changes."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.models.event import Event
from communities.models.thread import Thread
from core.written_once import WrittenOnce
from members.signed import Signed


class Decision(Signed, WrittenOnce):
    """A text as it was adopted; a later decision may replace it, nothing changes it."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveIntegerField(editable=False)  # in its community, from 1
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("adopted text"), max_length=20_000)
    adopted_on = models.DateField(_("adopted on"))
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    event = models.ForeignKey(
        Event, verbose_name=_("meeting"), null=True, blank=True, on_delete=models.SET_NULL
    )
    thread = models.ForeignKey(
        Thread, verbose_name=_("thread"), null=True, blank=True, on_delete=models.SET_NULL
    )
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced_by",
    )

    class Meta:
        ordering = ["-adopted_on", "-number"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "number"], name="one_number_for_each_decision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        """Return its address, in the language that is active."""
        return reverse("community-decision", args=[self.community.slug, self.number])


class DecisionReview(WrittenOnce):
    """That somebody looked again at a decision on its day, and until when it stands."""

    class Finding(models.TextChoices):
        STANDS = "stands", _("It stands")
        REPLACE = "replace", _("It has to be replaced")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="reviews")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    review_on = models.DateField(_("to be reviewed again on"), null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("review of a decision")
        verbose_name_plural = _("reviews of decisions")

    def __str__(self) -> str:
        return f"{self.decision_id} ({self.at:%Y-%m-%d})"
