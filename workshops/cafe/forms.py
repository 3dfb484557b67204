"""What is filled in at a World Cafe: short, for phones."""

import re
import secrets
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.visibility import audiences_of, live_for
from members.forms import PlainForm
from practices.models import PracticePage
from vocabulary.labels import label
from workshops.cafe.rounds import LONGEST
from workshops.models import Challenge, Choice, Workshop
from workshops.models.cafe import LONGEST_CARD
from workshops.typed import Line, Text


class Keyed(PlainForm):
    """A form that says a thing once, however often it is sent: `key` is made in the browser.

    Without a script it is the one that came with the form.
    """

    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": secrets.token_urlsafe(16), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean_key(self) -> str:
        """Return the key, or a new one in place of what is none."""
        key = self.cleaned_data["key"]
        return key if re.fullmatch(r"[\w-]{8,64}", key) else secrets.token_urlsafe(16)


class CardForm(Keyed):
    """A recommendation card."""

    text = Text(
        label=_("Your recommendation"),
        max_length=LONGEST_CARD,
        rows=4,
        help_text=_("One thing they could do. No names of people or children."),
    )
    round = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    practice = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    def practice_for(self, user: Any) -> PracticePage | None:
        """Return the practice that the card names, if its author may open it."""
        return practice_named(self.cleaned_data["practice"], user)


def practice_named(number: str, user: Any) -> PracticePage | None:
    """Return the practice of this number if somebody may open it."""
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    pages = live_for(PracticePage.objects.all(), audiences_of(user))
    found: PracticePage | None = pages.filter(pk=int(number)).first()
    return found


class ChallengeForm(Keyed):
    """A challenge card."""

    about = forms.ChoiceField(label=_("Country"))
    title = Line(
        label=_("Your challenge in one sentence"),
        max_length=200,
        help_text=_("For example: three ministries count the same children, and none the others."),
    )
    text = Text(label=_("What stands in the way"), max_length=LONGEST_CARD, required=False, rows=5)
    ask = Line(label=_("What you ask your peers"), max_length=300, required=False)
    order = forms.IntegerField(label=_("Place in the order"), min_value=0, max_value=999)

    def __init__(self, codes: list[str], leads: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about: Any = self.fields["about"]
        about.choices = [(code, label("country", code, _language())) for code in codes]
        if not leads:
            del self.fields["order"]
        else:
            self.fields["order"].required = False

    def fill(self, challenge: Challenge) -> Challenge:
        """Put what was typed into a card."""
        told = self.cleaned_data
        challenge.title, challenge.text, challenge.ask = told["title"], told["text"], told["ask"]
        if told.get("order") is not None:
            challenge.order = told["order"]
        return challenge


class DecisionForm(PlainForm):
    """What a country makes of a card, and why."""

    choice = forms.ChoiceField(
        label=_("What do you make of it?"),
        choices=[each for each in Choice.choices if each[0] != Choice.OPEN],
        widget=forms.RadioSelect,
    )
    reason = Text(label=_("Why?"), max_length=1000, rows=3)


class RoundForm(PlainForm):
    """A round to start; `after` is the number of the last one that whoever presses has seen."""

    challenge = forms.ChoiceField(label=_("About"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=LONGEST, initial=15)
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, workshop: Workshop, challenges: list[Challenge], *args: Any, **kw: Any):
        super().__init__(*args, **kw)
        field: Any = self.fields["challenge"]
        each = [
            (str(row.pk), f"{label('country', row.about, _language())}: {row.title}")
            for row in challenges
        ]
        field.choices = [("", _("All challenges at their tables")), *each]


def _language() -> str:
    return get_language() or "en"
