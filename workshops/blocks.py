"""Blocks of a workshop."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import TextBlock


class SessionBlock(blocks.StructBlock):
    """A session: what it was about, and the questions that were set."""

    title = blocks.CharBlock(label=_("Title"))
    summary = TextBlock(label=_("What was said"), required=False)
    questions = blocks.ListBlock(blocks.CharBlock(label=_("Question")), label=_("Questions"))

    class Meta:
        icon = "calendar"
        label = _("Session")


class FindingBlock(blocks.StructBlock):
    """A finding, with the place in the report that says so."""

    text = blocks.TextBlock(label=_("Finding"))
    source_place = blocks.CharBlock(label=_("Place in the report"), required=False)

    class Meta:
        icon = "tick-inverse"
        label = _("Finding")
