"""Reasons, and where a thread goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from communities.threads.typed import Text
from members.forms import OneLine, PlainForm, line


class ReportForm(PlainForm):
    """What is wrong with a post."""

    reason = Text(
        label=_("What is wrong with it?"),
        max_length=1000,
        rows=4,
        help_text=_("Only the facilitators read this, not the author of the post."),
    )


class ReasonForm(PlainForm):
    """Why something is done; whom it concerns reads it."""

    reason = OneLine(
        label=_("Reason"),
        max_length=500,
        widget=line(),
        help_text=_("Whom it concerns reads it; it stays in the log."),
    )


class MoveForm(PlainForm):
    """Where a thread goes, and why."""

    to = forms.ModelChoiceField(
        label=_("Community"), queryset=Community.objects.none(), empty_label=None
    )
    reason = OneLine(label=_("Reason"), max_length=500, required=False, widget=line())

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = offered
