"""The parts of a practice that people comment on, compare and revise, by the key of each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """A part: its key, which is its anchor on the page, and the fields in it."""

    key: str
    label: str | Promise
    fields: tuple[str, ...]


SECTIONS = (
    Section("summary", _("Title and summary"), ("title", "summary")),
    Section(
        "about",
        _("Who and when"),
        (
            "organisation",
            "lead_institution",
            "year_from",
            "year_to",
            "countries",
            "action_points",
            "themes",
            "data_sources",
            "populations",
            "disaggregation",
            "indicators",
            "guidance",
        ),
    ),
    Section("problem", _("Problem"), ("problem",)),
    Section("set-up", _("Institutional set-up"), ("institutions",)),
    Section("steps", _("What was done"), ("steps",)),
    Section("results", _("Results"), ("results",)),
    Section("what-failed", _("What did not work"), ("what_failed",)),
    Section(
        "conditions",
        _("Conditions for transfer"),
        (
            "condition_legal",
            "condition_cultural",
            "condition_capacity",
            "condition_cooperation",
            "condition_partners",
            "conditions_not_reported",
        ),
    ),
    Section("building-blocks", _("Building blocks"), ("building_blocks",)),
    Section("cost", _("Cost and time"), ("cost", "duration")),
    Section("evidence", _("Evidence"), ("evidence",)),
    Section("sources", _("Sources"), ("sources",)),
    Section("standing", _("Voice and contact"), ("voice", "contact", "languages")),
)
BY_KEY = {section.key: section for section in SECTIONS}
