"""The forms of a commitment and of the notes on its progress."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.visibility import live_public
from countries.forms import RowForm, SourceField, or_not_reported, term_choices
from countries.models import Commitment, ProgressNote
from guidance.models import IndicatorPage
from members.forms import OneLine, area, date_box, line


def indicators() -> dict[str, IndicatorPage]:
    """Return the public indicators once each, in the reader's language where there is one."""
    spoken = get_language() or "en"
    pages = live_public(IndicatorPage.objects.all()).select_related("locale").order_by("title")
    found: dict[str, IndicatorPage] = {}
    for page in pages:
        key = str(page.translation_key)
        if key not in found or page.locale.language_code == spoken:
            found[key] = page
    return found


class CommitmentForm(RowForm):
    """What was pledged, when, and by what it is measured."""

    text = forms.CharField(
        label=_("Commitment"),
        max_length=2000,
        widget=area(5),
        help_text=_("In the words in which it was made."),
    )
    measured_by = forms.ChoiceField(label=_("Indicator"), required=False)
    action_point = forms.ChoiceField(label=_("Action point"), required=False)
    made_on = forms.DateField(label=_("Made on"), required=False, widget=date_box())
    due_on = forms.DateField(label=_("Due on"), required=False, widget=date_box())
    source = SourceField()
    external_id = OneLine(
        label=_("External id"),
        max_length=100,
        required=False,
        widget=line(),
        help_text=_("What another list calls it, such as its number in a register of pledges."),
    )
    texts = ("text", "source", "external_id")

    class Meta:
        model = Commitment
        fields = ["text", "action_point", "made_on", "due_on", "source", "external_id", "public"]

    field_order = [
        *("text", "measured_by", "action_point", "made_on", "due_on", "source", "external_id"),
        "public",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = indicators()
        measured_by: Any = self.fields["measured_by"]
        action_point: Any = self.fields["action_point"]
        titles: dict[str, Any] = {key: page.title for key, page in self.indicators.items()}
        if held := self.instance.indicator:
            key = str(held.translation_key)
            # Kept, but not named: whoever writes here may not read it now.
            titles.setdefault(key, _("An indicator that is not public now"))
            self.indicators.setdefault(key, held)
            self.initial["measured_by"] = key
        measured_by.choices = or_not_reported(titles.items())
        action_point.choices = or_not_reported(term_choices("action_point"))

    def clean(self) -> dict[str, Any]:
        """Refuse a due date before the day it was made, and a pledge that stands there already."""
        given = super().clean()
        made, due = given.get("made_on"), given.get("due_on")
        if made and due and due < made:
            self.add_error("due_on", _("It cannot be due before it was made."))
        same = Commitment.objects.filter(about=self.instance.about, text=given.get("text", ""))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("text", _("This commitment is in the list already. Change it there."))
        if code := given.get("external_id"):
            taken = Commitment.objects.filter(about=self.instance.about, external_id=code)
            if taken.exclude(pk=self.instance.pk).exists():
                self.add_error("external_id", _("Another commitment has this id."))
        self.instance.indicator = self.indicators.get(given.get("measured_by", ""))
        return given


class ProgressForm(RowForm):
    """How far a commitment was on a day."""

    text = forms.CharField(label=_("Progress"), max_length=2000, widget=area(5))
    on = forms.DateField(label=_("As of"), widget=date_box(), initial=timezone.localdate)
    texts = ("text",)

    class Meta:
        model = ProgressNote
        fields = ["text", "on", "public"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.on is None:
            self.initial.pop("on", None)
        told = _("Others read it only where the commitment is public, too.")
        self.fields["public"].help_text = told

    def clean(self) -> dict[str, Any]:
        """Refuse the same note sent twice."""
        given = super().clean()
        day = given.get("on")
        notes = ProgressNote.objects.filter(
            commitment=self.instance.commitment_id, on__in=[day] if day else []
        )
        same = notes.filter(text=given.get("text", "")).exclude(pk=self.instance.pk)
        if day and same.exists():
            self.add_error("text", _("This note is in the list already. Change it there."))
        return given
