"""A practice: one national or international experience, told so that others can adapt it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from core.blocks import TEXT_FEATURES
from core.classification import classification_panels
from core.models import BasePage
from practices.blocks import (
    BuildingBlockBlock,
    EvidenceBlock,
    InstitutionRoleBlock,
    OwnTableBlock,
    StepBlock,
)
from practices.forms import PracticeForm
from practices.listing import list_practices
from practices.rights import PracticeListRights, PracticeRights

YEARS = [MinValueValidator(1950), MaxValueValidator(2100)]


class PracticeIndexPage(BasePage):
    """All practices of all languages: the map, the facets, the list."""

    max_count_per_parent = 1
    subpage_types = ["practices.PracticePage"]
    template = "practices/practice_index_page.html"

    class Meta:
        verbose_name = _("list of practices")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filtered list and the number of practices per country."""
        return super().get_context(request, *args, **kwargs) | list_practices(
            request, self.get_url(request) or ""
        )

    def permissions_for_user(self, user: Any) -> PracticeListRights:
        """Return what somebody may do with the list in the editor's interface."""
        return PracticeListRights(user, self)


class PracticePage(BasePage):
    """A good practice, following the template of the Alliance."""

    class Voice(models.TextChoices):
        PERSONAL = "personal", _("Personal view of the author")
        INSTITUTION = "institution", _("Cleared by the institution")
        PUBLIC = "public", _("From a published document")

    organisation = models.CharField(
        _("organisation"),
        max_length=255,
        blank=True,
        help_text=_("Where the practice is not a country's own: whose it is."),
    )
    lead_institution = models.ForeignKey(
        "users.Institution",
        verbose_name=_("lead institution"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practices",
    )
    institutions = StreamField(
        [("institution", InstitutionRoleBlock())],
        verbose_name=_("institutional set-up"),
        blank=True,
        help_text=_("Who shares what with whom, and on what legal basis."),
    )
    year_from = models.PositiveSmallIntegerField(
        _("from (year)"), null=True, blank=True, validators=YEARS
    )
    year_to = models.PositiveSmallIntegerField(
        _("to (year)"), null=True, blank=True, validators=YEARS, help_text=_("Empty: still going.")
    )
    problem = RichTextField(
        _("problem"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("What could not be counted or known before, and who needed it."),
    )
    steps = StreamField(
        [("step", StepBlock())], verbose_name=_("what was done, step by step"), blank=True
    )
    results = RichTextField(_("results"), features=TEXT_FEATURES, blank=True)
    what_failed = RichTextField(
        _("what did not work"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("What others should not repeat: often the most useful part."),
    )
    cost = models.CharField(_("cost"), max_length=255, blank=True)
    duration = models.CharField(_("time it took"), max_length=255, blank=True)
    condition_legal = models.TextField(_("legal framework"), blank=True)
    condition_cultural = models.TextField(_("cultural specifics"), blank=True)
    condition_capacity = models.TextField(_("capacity"), blank=True)
    condition_cooperation = models.TextField(_("cooperation between authorities"), blank=True)
    condition_partners = models.TextField(_("committed partners"), blank=True)
    conditions_not_reported = models.BooleanField(
        _("the source does not report any conditions"),
        default=False,
        help_text=_("Tick only for a practice taken from a document that says nothing of them."),
    )
    building_blocks = StreamField(
        [("building_block", BuildingBlockBlock())],
        verbose_name=_("building blocks"),
        blank=True,
        help_text=_("Parts that others can take over on their own."),
    )
    tables = StreamField(
        [("table", OwnTableBlock())],
        verbose_name=_("tables"),
        blank=True,
        help_text=_("Each stands below the text of its section."),
    )
    evidence = StreamField(EvidenceBlock(), verbose_name=_("evidence"), blank=True)
    contact = models.CharField(
        _("whom to ask"),
        max_length=255,
        blank=True,
        help_text=_("An office, not a person: people change posts."),
    )
    languages = models.CharField(_("languages of the material"), max_length=255, blank=True)
    voice = models.CharField(
        _("voice"),
        max_length=20,
        choices=Voice.choices,
        default=Voice.PERSONAL,
        help_text=_("In whose name this is said."),
    )
    last_confirmed = models.DateField(_("last confirmed true on"), null=True, blank=True)

    read_with = (*BasePage.read_with, "lead_institution__country")

    # Set while the editor's form saves a draft, be it of a page that is live already.
    is_draft_save = False

    parent_page_types = ["practices.PracticeIndexPage"]
    subpage_types: list[str] = []
    template = "practices/practice_page.html"
    cites = True
    base_form_class = PracticeForm

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("lead_institution"),
                FieldRowPanel([FieldPanel("year_from"), FieldPanel("year_to")]),
                FieldPanel("institutions"),
            ],
            heading=_("Who and when"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("problem"),
                FieldPanel("steps"),
                FieldPanel("results"),
                FieldPanel("what_failed"),
                FieldRowPanel([FieldPanel("cost"), FieldPanel("duration")]),
            ],
            heading=_("The experience"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(
                    content=_(
                        "Required. What must be in place elsewhere for this to work: write at "
                        "least one, as concretely as you can."
                    )
                ),
                FieldPanel("condition_legal"),
                FieldPanel("condition_cultural"),
                FieldPanel("condition_capacity"),
                FieldPanel("condition_cooperation"),
                FieldPanel("condition_partners"),
                FieldPanel("conditions_not_reported"),
            ],
            heading=_("Conditions for transfer"),
        ),
        FieldPanel("building_blocks"),
        FieldPanel("tables"),
        *classification_panels(
            "countries", "action_points", "themes", "data_sources", "populations", "disaggregation"
        ),
        InlinePanel("indicators", label=_("Indicator"), heading=_("Indicators")),
        InlinePanel("guidance", label=_("Guidance"), heading=_("Guidance it applies")),
        FieldPanel("evidence"),
        InlinePanel("sources", label=_("Source"), heading=_("Sources")),
        MultiFieldPanel(
            [
                FieldPanel("voice"),
                FieldPanel("contact"),
                FieldPanel("languages"),
                FieldPanel("last_confirmed"),
            ],
            heading=_("Standing"),
        ),
    ]

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    def permissions_for_user(self, user: Any) -> PracticeRights:
        """Return what somebody may do with the practice in the editor's interface."""
        return PracticeRights(user, self)

    def clean(self) -> None:
        """Refuse years in the wrong order, and a public practice without its conditions."""
        super().clean()
        if self.year_from and self.year_to and self.year_to < self.year_from:
            raise ValidationError({"year_to": _("The last year lies before the first.")})
        if self.live and not self.is_draft_save:
            self.require_conditions()

    def require_conditions(self) -> None:
        """Raise `ValidationError` when no condition for transfer is told or declared unknown."""
        if not self.conditions_not_reported and not any(text for _name, text in self.conditions):
            raise ValidationError(
                {
                    "condition_legal": _(
                        "Say at least one condition for transfer, or tick that the source "
                        "reports none."
                    )
                }
            )

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """The five conditions for transfer as (name, text); an empty text is not reported."""
        names = ["legal", "cultural", "capacity", "cooperation", "partners"]
        return [
            (
                str(self._meta.get_field(f"condition_{name}").verbose_name),
                getattr(self, f"condition_{name}"),
            )
            for name in names
        ]


class PracticeIndicator(Orderable):
    """An indicator that a practice helps to measure."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(
        "guidance.IndicatorPage", on_delete=models.CASCADE, related_name="practices"
    )
    panels = [PageChooserPanel("indicator")]


class PracticeGuidance(Orderable):
    """A guidance that a practice applies."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="guidance")
    guidance = models.ForeignKey(
        "guidance.GuidancePage", on_delete=models.CASCADE, related_name="applied_by"
    )
    panels = [PageChooserPanel("guidance")]
