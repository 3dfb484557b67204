"""Blocks of the practice template."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

from core.blocks import FileBlock, TextBlock
from practices.sections import BY_KEY

# The sections that are texts: a table may stand below each.
WITH_TABLES = (
    "problem",
    "set-up",
    "steps",
    "results",
    "what-failed",
    "conditions",
    "building-blocks",
    "cost",
    "evidence",
)


class StepBlock(blocks.StructBlock):
    """One step of what was done."""

    title = blocks.CharBlock(label=_("Step"), required=False)
    text = TextBlock(label=_("What was done"))

    class Meta:
        icon = "list-ol"
        label = _("Step")


class InstitutionRoleBlock(blocks.StructBlock):
    """Who shares what with whom, and on what legal basis."""

    body = blocks.CharBlock(label=_("Institution"))
    role = blocks.CharBlock(label=_("Its part"), required=False)
    shares = blocks.CharBlock(label=_("Shares"), required=False)
    shares_with = blocks.CharBlock(label=_("With whom"), required=False)
    legal_basis = blocks.CharBlock(label=_("Legal basis"), required=False)

    class Meta:
        icon = "group"
        label = _("Institution")


class BuildingBlockBlock(blocks.StructBlock):
    """A part that others can take over alone; it is found on its own and cites its practice."""

    title = blocks.CharBlock(label=_("Name"))
    text = TextBlock(label=_("What it is and when it works"))

    class Meta:
        icon = "duplicate"
        label = _("Building block")


class OwnTableBlock(blocks.StructBlock):
    """A table of the writer's own, as people paste them into texts; plain words in its cells."""

    section = blocks.ChoiceBlock(
        label=_("Section"), choices=[(key, BY_KEY[key].label) for key in WITH_TABLES]
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    table = TableBlock(label=_("Table"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "practices/_table.html"


class FileEvidenceBlock(blocks.StructBlock):
    """A file that supports the practice."""

    file = FileBlock(label=_("File"))
    note = blocks.CharBlock(label=_("What it shows"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("File")


class LinkEvidenceBlock(blocks.StructBlock):
    """A web page that supports the practice."""

    title = blocks.CharBlock(label=_("Title"))
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Link")


class EvidenceBlock(blocks.StreamBlock):
    """Files and links that support the practice."""

    file = FileEvidenceBlock()
    link = LinkEvidenceBlock()
