"""What is filled in to ask for travel support, and to answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms import PlainForm
from workshops.typed import Line, Text


class TravelForm(PlainForm):
    """What somebody needs to be there."""

    travels_from = Line(label=_("Where your journey begins"), max_length=120)
    needs = Text(
        label=_("What you need, and why"),
        max_length=2000,
        help_text=_(
            "For example the flight, the nights or the visa; what your institution can pay itself."
        ),
    )


class AnswerForm(PlainForm):
    """What the secretariat says; whoever asked reads it."""

    grant = forms.BooleanField(required=False)
    answer = Text(label=_("Answer, which the person reads"), max_length=2000, rows=3)
