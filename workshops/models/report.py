"""The report of a workshop, what is suggested for it, and what became of cards."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from core.classification import classification_panels
from core.models import BasePage
from workshops.models.workshop import Workshop
from workshops.report.blocks import CitingFindingBlock, SectionBlock
from workshops.report.rights import ReportRights


class ReportPage(BasePage):
    """A report: taken from a file, or drafted from what was written in a workshop."""

    # The workshop whose cards it may cite.
    workshop = models.ForeignKey(
        Workshop, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    published_text = models.CharField(
        _("date in words"), max_length=100, blank=True, help_text=_("For instance “May 2019”.")
    )
    body = StreamField([("section", SectionBlock())], verbose_name=_("sections"), blank=True)
    findings = StreamField(
        [("finding", CitingFindingBlock())], verbose_name=_("findings"), blank=True
    )
    original = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("original file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    parent_page_types = ["workshops.WorkshopPage", "workshops.WorkshopIndexPage"]
    subpage_types: list[str] = []
    template = "workshops/report/report_page.html"
    cites = True

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("published_text"),
        *classification_panels("countries", "action_points", "themes", "populations"),
        MultiFieldPanel([InlinePanel("concepts", label=_("Concept"))], heading=_("Concepts")),
        FieldPanel("findings"),
        FieldPanel("body"),
        FieldPanel("original"),
        InlinePanel("sources", label=_("Source"), heading=_("Sources")),
    ]

    class Meta:
        verbose_name = _("workshop report")
        verbose_name_plural = _("workshop reports")

    def permissions_for_user(self, user: Any) -> ReportRights:
        """Return what somebody may do with the report in the editor's interface."""
        return ReportRights(user, self)

    def files_named(self) -> list[int | None]:
        """Return the files that the page shows beside its texts."""
        return [self.original_id, *super().files_named()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the sections with their anchors, and the files it is handed out as."""
        from workshops.report.showing import context_of

        return super().get_context(request, *args, **kwargs) | context_of(self)


class ConceptManager(models.Manager["ReportConcept"]):
    """Reads concepts with their terms."""

    def get_queryset(self) -> models.QuerySet["ReportConcept"]:
        """Return rows joined with their concepts."""
        return super().get_queryset().select_related("term")


class ReportConcept(Orderable):
    """A concept of the vocabulary that a report is about."""

    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="concepts")
    term = models.ForeignKey(
        "vocabulary.Concept",
        verbose_name=_("concept"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    objects = ConceptManager()
    panels = [FieldPanel("term")]


class Suggestion(models.Model):
    """A country, theme or concept that a report seems to be about, with the passage that says so.

    An editor accepts or refuses each; what was refused is not suggested again.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        THEME = "theme", _("theme")
        CONCEPT = "concept", _("concept")

    class State(models.TextChoices):
        OPEN = "open", _("not decided yet")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    page = models.ForeignKey(ReportPage, on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=100)  # of the vocabulary
    place = models.CharField(max_length=255, blank=True)  # the heading above the passage
    passage = models.TextField()
    mentions = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["kind", "-mentions", "pk"]
        verbose_name = _("suggestion for a report")
        verbose_name_plural = _("suggestions for reports")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "kind", "code"], name="suggested_once_for_a_report"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.kind} {self.code}"


class CardOutcome(models.Model):
    """That a card became something beside a report: a draft practice, a building block of one."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("a draft practice")
        BLOCK = "building-block", _("a building block of a practice")

    card = models.CharField(max_length=40)  # "recommendation-12"
    kind = models.CharField(max_length=20, choices=Kind.choices)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("what a card became")
        verbose_name_plural = _("what cards became")
        constraints = [
            models.UniqueConstraint(
                fields=["card", "kind"],
                condition=models.Q(page__isnull=False),
                name="a_card_becomes_it_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.card}: {self.kind}"
