"""Workshops: who met, what was said, what the survey found."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, TranslatableMixin

from core.blocks import BodyBlock
from core.classification import classification_panels
from core.models import BasePage
from search.listing import list_kind
from workshops.blocks import FindingBlock, SessionBlock


class WorkshopSeries(TranslatableMixin, models.Model):
    """Workshops that belong together, such as Latin America 2025."""

    name = models.CharField(_("name"), max_length=255)
    panels = [FieldPanel("name")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["name"]
        verbose_name = _("workshop series")
        verbose_name_plural = _("workshop series")

    def __str__(self) -> str:
        return self.name


class WorkshopIndexPage(BasePage):
    """All workshops, newest first."""

    max_count_per_parent = 1
    subpage_types = ["workshops.WorkshopPage", "workshops.ReportPage"]
    template = "workshops/workshop_index_page.html"

    class Meta:
        verbose_name = _("list of workshops")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filtered list."""
        return super().get_context(request, *args, **kwargs) | list_kind(request, "workshop")


class WorkshopPage(BasePage):
    """One workshop with its sessions, findings and survey."""

    series = models.ForeignKey(
        WorkshopSeries,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="workshops",
    )
    place = models.CharField(_("place"), max_length=255, blank=True)
    host_country = models.ForeignKey(
        "vocabulary.Country",
        verbose_name=_("host country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts = models.DateField(_("first day"), null=True, blank=True)
    ends = models.DateField(_("last day"), null=True, blank=True)
    date_text = models.CharField(
        _("date in words"),
        max_length=100,
        blank=True,
        help_text=_("Where the source gives no exact days: “November 2025”."),
    )
    participants = models.PositiveIntegerField(_("number of participants"), null=True, blank=True)
    participants_text = models.CharField(
        _("number in words"),
        max_length=100,
        blank=True,
        help_text=_("Where the source gives no exact number: “more than 95”."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    sessions = StreamField(
        [("session", SessionBlock())], verbose_name=_("agenda and sessions"), blank=True
    )
    findings = StreamField([("finding", FindingBlock())], verbose_name=_("findings"), blank=True)
    survey_answers = models.PositiveIntegerField(
        _("number of answers to the survey (n)"),
        null=True,
        blank=True,
        help_text=_("Shown beside every percentage."),
    )
    survey_note = models.TextField(
        _("note on the survey"), blank=True, help_text=_("How the figures were obtained.")
    )

    parent_page_types = ["workshops.WorkshopIndexPage"]
    subpage_types = ["workshops.ReportPage"]
    template = "workshops/workshop_page.html"
    cites = True

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("series"),
                FieldRowPanel([FieldPanel("place"), FieldPanel("host_country")]),
                FieldRowPanel([FieldPanel("starts"), FieldPanel("ends"), FieldPanel("date_text")]),
                FieldRowPanel([FieldPanel("participants"), FieldPanel("participants_text")]),
            ],
            heading=_("Where and when"),
        ),
        InlinePanel("organisers", label=_("Organiser"), heading=_("Organisers")),
        *classification_panels("countries", "action_points", "themes", "populations"),
        FieldPanel("body"),
        FieldPanel("sessions"),
        FieldPanel("findings"),
        MultiFieldPanel(
            [
                FieldPanel("survey_answers"),
                FieldPanel("survey_note"),
                InlinePanel("survey_items", label=_("Question of the survey")),
            ],
            heading=_("Survey"),
        ),
        InlinePanel("practices", label=_("Practice"), heading=_("Practices presented")),
        InlinePanel("sources", label=_("Source"), heading=_("Sources")),
    ]

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def clean(self) -> None:
        """Refuse a workshop that ends before it begins, or a survey that cannot be right."""
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The last day lies before the first.")})
        whole = self.survey_answers or 0
        if any(item.count > item.of or item.of > whole for item in self.survey_items.all()):
            raise ValidationError(
                {"survey_answers": _("A question has more answers than the whole survey.")}
            )


class OrganiserManager(models.Manager["WorkshopOrganiser"]):
    """Reads organisers with their institutions."""

    def get_queryset(self) -> models.QuerySet["WorkshopOrganiser"]:
        """Return organisers joined with their institutions."""
        return super().get_queryset().select_related("institution")


class WorkshopOrganiser(Orderable):
    """An institution that convened a workshop."""

    page = ParentalKey(WorkshopPage, on_delete=models.CASCADE, related_name="organisers")
    institution = models.ForeignKey(
        "users.Institution",
        verbose_name=_("institution"),
        on_delete=models.CASCADE,
        related_name="organised_workshops",
    )
    objects = OrganiserManager()
    panels = [FieldPanel("institution")]


class WorkshopPractice(Orderable):
    """A practice that was presented at a workshop."""

    page = ParentalKey(WorkshopPage, on_delete=models.CASCADE, related_name="practices")
    practice = models.ForeignKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="presented_at"
    )
    panels = [PageChooserPanel("practice")]


class SurveyItem(Orderable):
    """A statement of the survey and how many of the n people agreed."""

    page = ParentalKey(WorkshopPage, on_delete=models.CASCADE, related_name="survey_items")
    question = models.CharField(_("question"), max_length=255)
    count = models.PositiveIntegerField(_("answers"))
    asked = models.PositiveIntegerField(
        _("of how many"),
        null=True,
        blank=True,
        help_text=_("Where fewer answered this question than the whole survey."),
    )
    panels = [FieldPanel("question"), FieldRowPanel([FieldPanel("count"), FieldPanel("asked")])]

    def __str__(self) -> str:
        return self.question

    @property
    def of(self) -> int:
        """How many answered this question: as many as the whole survey, where not said."""
        return self.asked or self.page.survey_answers or 0

    @property
    def percent(self) -> int:
        """Share of all answers in whole percent, halves rounded up; 0 without any answer."""
        if not self.of:
            return 0
        share = Decimal(100 * self.count) / self.of
        return int(share.quantize(Decimal(1), ROUND_HALF_UP))
