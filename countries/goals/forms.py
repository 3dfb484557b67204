"""The form of a goal."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.visibility import live_public
from countries.forms import RowForm
from countries.models import Goal
from members.forms import OneLine, area, date_box, line
from practices.models import PracticePage


class GoalForm(RowForm):
    """What is to be reached, who sees to it, until when, and which practice it follows."""

    text = OneLine(
        label=_("Goal"),
        max_length=500,
        widget=line(),
        help_text=_("What will be different, so that others can see whether it is reached."),
    )
    owner = OneLine(
        label=_("Who sees to it"),
        max_length=255,
        widget=line(),
        help_text=_("An office, not a person: people change."),
    )
    due_on = forms.DateField(label=_("Due on"), widget=date_box())
    practice = forms.ChoiceField(
        label=_("Practice that it follows"),
        required=False,
        help_text=_("Those that fit the gap best are offered."),
    )
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=area(4))
    gap = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    texts = ("text", "owner", "note")

    class Meta:
        model = Goal
        fields = ["text", "owner", "due_on", "state", "note", "public"]

    field_order = ["text", "owner", "due_on", "practice", "state", "note", "public"]

    def __init__(self, *args: Any, offered: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = _("The page of your country shows it then, but not the gap behind it.")
        self.fields["public"].help_text = told
        self.initial["gap"] = self.instance.kind.code
        wanted = {*offered, *filter(None, [self.instance.practice_id])}
        pages = live_public(PracticePage.objects.filter(pk__in=wanted)).order_by("title")
        self.practices = {str(page.pk): page for page in pages}
        practice: Any = self.fields["practice"]
        practice.choices = [
            ("", _("None")),
            *((key, page.title) for key, page in self.practices.items()),
        ]
        if str(self.instance.practice_id) in self.practices:
            self.initial.setdefault("practice", str(self.instance.practice_id))

    def clean(self) -> dict[str, Any]:
        """Keep what the goal follows; a practice that is closed by now stays as it was."""
        given = super().clean()
        chosen = self.practices.get(given.get("practice", ""))
        kept = self.instance.practice_id and str(self.instance.practice_id) not in self.practices
        if chosen is not None or not kept:
            self.instance.practice = chosen
        return given
