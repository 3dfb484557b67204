"""What is filled in to prepare a workshop."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.forms import PlainForm, date_box
from workshops.models import Workshop
from workshops.preparing.assessments import Lender

LONGEST = datetime.timedelta(days=730)


class ChoosingForm(PlainForm):
    """Which questionnaire the countries answer, and until when."""

    questionnaire = forms.ChoiceField(
        label=_("Questionnaire"),
        required=False,
        help_text=_("If it is changed, countries have to share their gaps anew."),
    )
    answer_by = forms.DateField(label=_("Last day to answer"), required=False, widget=date_box())

    def __init__(self, workshop: Workshop, lends: Lender, *args: Any, **kwargs: Any) -> None:
        self.workshop = workshop
        offered = lends.offered()
        usual = lends.usual if lends.usual in dict(offered) else ""
        initial = {
            "questionnaire": workshop.questionnaire or usual,
            "answer_by": workshop.answer_by,
        }
        super().__init__(*args, initial=initial, **kwargs)
        field: Any = self.fields["questionnaire"]
        field.choices = [("", _("None")), *offered]

    def clean_answer_by(self) -> datetime.date | None:
        """Refuse a new day that is over or far away."""
        day: datetime.date | None = self.cleaned_data["answer_by"]
        today = timezone.localdate()
        if day and day != self.workshop.answer_by and not today <= day <= today + LONGEST:
            raise forms.ValidationError(_("Choose a day from today on, within two years."))
        return day
