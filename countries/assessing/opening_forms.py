"""What is asked before a round begins or is opened again."""

import datetime
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from countries.models import Questionnaire

LONGEST = datetime.timedelta(days=730)


def _day(label: Any, **more: Any) -> forms.DateField:
    # The browser's own calendar sends this form, whatever the language.
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **more)


class QuestionnaireField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among questionnaires that can be answered."""

    def label_from_instance(self, obj: Any) -> str:
        """Name it in the reader's language."""
        return str(obj.title)


class RoundForm(forms.Form):
    """Which questionnaire, from when and until when."""

    questionnaire = QuestionnaireField(
        Questionnaire.objects.filter(versions__published_at__isnull=False).distinct(),
        label=_("Questionnaire"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    opens_on = _day(_("First day to answer"), initial=timezone.localdate)
    locks_on = _day(_("Last day to answer"), help_text=_("It is locked on the day after."))

    def clean(self) -> dict[str, Any]:
        """Refuse days that leave no time to answer."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("opens_on"), given.get("locks_on")
        if last and last < timezone.localdate():
            self.add_error("locks_on", _("This day is over."))
        elif first and last and not first <= last <= first + LONGEST:
            told = _("Choose a day after the first, within two years.")
            self.add_error("locks_on", told)
        return given


def proposed(query: Mapping[str, str]) -> dict[str, Any]:
    """Return what a link proposes for a round: `questionnaire`, a short name, and `until`."""
    told: dict[str, Any] = {}
    if slug := query.get("questionnaire"):
        known = {row.slug: row.pk for row in Questionnaire.objects.all()}
        told["questionnaire"] = known.get(slug)
    with suppress(ValueError):
        told["locks_on"] = datetime.date.fromisoformat(query.get("until", ""))
    return told


class ReopeningForm(forms.Form):
    """Until when it can be answered again, and why; the team reads the reason."""

    until = _day(_("Last day to answer"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def clean_until(self) -> datetime.date:
        """Refuse a day that is over or far away."""
        until: datetime.date = self.cleaned_data["until"]
        if not timezone.localdate() <= until <= timezone.localdate() + LONGEST:
            raise forms.ValidationError(_("Choose a day from today on, within two years."))
        return until
