"""Blocks of a report: sections with their level, and findings with the cards they rest on."""

from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

from core.blocks import TEXT_FEATURES, DownloadBlock, FigureBlock, QuoteBlock, TextBlock

KINDS = ("challenge", "recommendation", "note")
CARD = RegexValidator(
    rf"^(?:{'|'.join(KINDS)})-\d{{1,12}}\Z",
    _("Write it as it stands on the page of the report, for instance “recommendation-12”."),
)
LEVELS = [
    ("1", _("section")),
    ("2", _("part of a section")),
    ("3", _("part of a part")),
    ("4", _("smallest part")),
]


class CaptionedTableBlock(blocks.StructBlock):
    """A table with plain words in its cells."""

    caption = blocks.CharBlock(label=_("Caption"), required=False)
    table = TableBlock(label=_("Table"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "practices/_table.html"


class PartsBlock(blocks.StreamBlock):
    """What stands below a heading."""

    text = TextBlock(features=TEXT_FEATURES)
    table = CaptionedTableBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    download = DownloadBlock()


class SectionBlock(blocks.StructBlock):
    """A section: its heading, how deep it stands, and what it says."""

    heading = blocks.CharBlock(label=_("Heading"), required=False)
    level = blocks.ChoiceBlock(label=_("Level"), choices=LEVELS, default="1")
    body = PartsBlock(label=_("Text"), required=False)

    class Meta:
        icon = "title"
        label = _("Section")


class CardBlock(blocks.StructBlock):
    """A card that a finding rests on, with as much of it as is to be public."""

    card = blocks.CharBlock(
        label=_("Card"),
        validators=[CARD],
        help_text=_("Its number, as on the page of the report: “recommendation-12”."),
    )
    said = blocks.TextBlock(
        label=_("What it says"),
        required=False,
        help_text=_("Shown to everybody. Empty: only who signed it."),
    )
    signed = blocks.CharBlock(
        label=_("Signed by"),
        required=False,
        help_text=_("An institution or a country, never a person."),
    )

    class Meta:
        icon = "form"
        label = _("Card")


class CitingFindingBlock(blocks.StructBlock):
    """A finding with the cards that it rests on; without one it is not published."""

    text = blocks.TextBlock(label=_("Finding"))
    cards = blocks.ListBlock(CardBlock(), label=_("Cards that it rests on"), default=[])

    class Meta:
        icon = "tick-inverse"
        label = _("Finding")


def cards_cited(finding: Any) -> list[str]:
    """Return the cards that a finding names: "recommendation-12"."""
    return [str(card["card"]) for card in finding["cards"] if card and card["card"]]
