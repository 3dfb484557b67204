"""What members fill in; each form takes the fields that it lists and no others."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from adoption.conditions import Asked, Condition, Held, asked_of
from adoption.harm import harm_in
from adoption.models import Adoption, Feedback, FitCheck, Hiding, OriginAnswer, TruthAnswer
from adoption.models.signed import LONGEST
from practices.models import PracticePage
from practices.sections import SECTIONS

GIVEN = [choice for choice in Feedback.Kind.choices if choice[0] != Feedback.Kind.ANSWER]
MARKDOWN = _("Plain text. **bold**, *italic*, lists with - and links [like this](https://…) work.")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto", "maxlength": LONGEST})


class FeedbackForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a peer says about a practice or one part of it."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=GIVEN, widget=forms.RadioSelect)
    section = forms.ChoiceField(
        label=_("What is it about?"),
        required=False,
        choices=[("", _("The whole practice"))] + [(each.key, each.label) for each in SECTIONS],
    )

    class Meta:
        model = Feedback
        fields = ["kind", "section", "text"]
        widgets = {"text": _area(8)}
        help_texts = {"text": MARKDOWN}


class TextForm(forms.ModelForm):  # type: ignore[type-arg]
    """The text of an answer, or of something that is edited."""

    class Meta:
        model = Feedback
        fields = ["text"]
        widgets = {"text": _area(8)}
        help_texts = {"text": MARKDOWN}


class HidingForm(forms.ModelForm):  # type: ignore[type-arg]
    """Why something is hidden; its author reads it."""

    class Meta:
        model = Hiding
        fields = ["reason"]
        labels = {"reason": _("Why is it hidden?")}
        help_texts = {"reason": _("The author is shown this sentence.")}
        widgets = {"reason": forms.TextInput(attrs={"dir": "auto"})}


class ConditionFields:
    """Adds to a form, for each condition for transfer, whether it holds and a note."""

    fields: dict[str, forms.Field]
    practice: PracticePage

    def add_conditions(self, answers: Any) -> None:
        """Add the fields, filled with what was answered before ({key: row})."""
        for condition in Condition:
            before = answers.get(condition.value)
            self.fields[f"held_{condition.value}"] = forms.ChoiceField(
                label=condition.label,
                choices=Held.choices,
                required=False,
                initial=before.held if before else Held.UNKNOWN,
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{condition.value}"] = forms.CharField(
                label=_("Note"),
                required=False,
                max_length=500,
                initial=before.note if before else "",
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )

    def rows(self) -> Iterator[tuple[Asked, Any, Any]]:
        """Yield each condition with its two fields, for the template."""
        for asked in asked_of(self.practice):
            yield asked, self[f"held_{asked.key}"], self[f"note_{asked.key}"]  # type: ignore[index]

    def condition_values(self) -> dict[str, dict[str, str]]:
        """Return {condition: {"held": ..., "note": ...}} as they were filled in."""
        given: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        return {
            condition.value: {
                "held": given.get(f"held_{condition.value}") or Held.UNKNOWN.value,
                "note": given.get(f"note_{condition.value}", ""),
            }
            for condition in Condition
        }


class AdoptionForm(ConditionFields, forms.ModelForm):  # type: ignore[type-arg]
    """What was adapted, under which conditions, and with what result."""

    result = forms.ChoiceField(
        label=_("Result"), choices=Adoption.Result.choices, widget=forms.RadioSelect
    )
    audience = forms.ChoiceField(
        label=_("Who may see this?"),
        choices=Adoption.Audience.choices,
        initial=Adoption.Audience.MEMBERS,
        widget=forms.RadioSelect,
    )
    evidence_url = forms.URLField(
        label=_("Link to evidence"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )

    class Meta:
        model = Adoption
        fields = [
            *("year_from", "year_to", "changed", "result", "result_note"),
            *("evidence_url", "own_practice", "voice", "audience"),
        ]
        widgets = {"changed": _area(6), "result_note": _area(6)}

    def __init__(
        self, *args: Any, practice: PracticePage, own: "PageQuerySet[PracticePage]", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        self.fields["own_practice"] = forms.ModelChoiceField(
            own,
            label=_("Your own practice on this site"),
            required=False,
            to_field_name="id",  # `pk` fails on a number that no page can have
        )
        before = {row.condition: row for row in self.instance.conditions.all()} if (
            self.instance.pk
        ) else {}  # fmt: skip
        self.add_conditions(before)

    def clean(self) -> dict[str, Any]:
        """Refuse years in the wrong order, and a personal view for everybody."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("year_from"), given.get("year_to")
        if first and last and last < first:
            self.add_error("year_to", _("The last year lies before the first."))
        personal = given.get("voice") == PracticePage.Voice.PERSONAL
        if personal and given.get("audience") == Adoption.Audience.EVERYBODY:
            told = _(
                "A personal view stays among members. For everybody it has to be cleared by your "
                "institution, or to come from a published document."
            )
            self.add_error("voice", told)
        if given.get("audience") == Adoption.Audience.EVERYBODY:
            self._refuse_harm(given)
        return given

    def _refuse_harm(self, given: dict[str, Any]) -> None:
        """Keep from the public what may harm somebody; among members it may be said."""
        notes = [name for name in given if name.startswith("note_")]
        for name in ("changed", "result_note", *notes):
            for told in harm_in(given.get(name) or ""):
                self.add_error(name, told)


class OriginAnswerForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whether those who did it first confirm an adaptation, and what they say about it."""

    confirms = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Confirm: it is so")), ("no", _("Only comment"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = OriginAnswer
        fields = ["confirms", "text"]
        widgets = {"text": _area(5)}

    def clean(self) -> dict[str, Any]:
        """Ask for words where nothing is confirmed."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("confirms") is False and not given.get("text"):
            self.add_error("text", _("Write your comment."))
        return given


class FitForm(ConditionFields, forms.ModelForm):  # type: ignore[type-arg]
    """A private checklist on the conditions of a practice."""

    share = forms.BooleanField(
        label=_("Let the representatives of my country read it, too"), required=False
    )

    class Meta:
        model = FitCheck
        fields: list[str] = []

    def __init__(self, *args: Any, practice: PracticePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        self.fields["share"].initial = bool(self.instance.shared_with)
        before = {row.condition: row for row in self.instance.answers.all()} if (
            self.instance.pk
        ) else {}  # fmt: skip
        self.add_conditions(before)


class TruthForm(forms.ModelForm):  # type: ignore[type-arg]
    """A note to an answer by mail; what it says is read by the editors and the secretariat."""

    class Meta:
        model = TruthAnswer
        fields = ["note"]
        labels = {"note": _("What has changed? (optional)")}
        widgets = {"note": forms.Textarea(attrs={"rows": 5, "dir": "auto", "maxlength": 2000})}
