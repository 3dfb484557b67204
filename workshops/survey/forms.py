"""What is filled in to build a survey, and to answer it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from members.forms import PlainForm
from workshops.models import Agreement, Survey, SurveyQuestion
from workshops.typed import Line, Text, lines_of

Kind = SurveyQuestion.Kind
MOST_OPTIONS = 20


class SurveyBeginForm(PlainForm):
    """A new survey, or what a draft is called."""

    title = Line(label=_("Title"), max_length=200)
    intro = Text(
        label=_("Introduction"),
        max_length=2000,
        required=False,
        help_text=_("What it is for, and what becomes of the answers."),
    )
    most = forms.IntegerField(
        label=_("How many people were there"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("An open link takes no more answers than these."),
    )
    like = forms.ModelChoiceField(
        queryset=Survey.objects.none(),
        label=_("Begin with the questions of"),
        required=False,
        empty_label=_("No other survey"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["like"]
        field.queryset = Survey.objects.order_by("-pk")


class QuestionForm(PlainForm):
    """One question of a draft."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    text = Line(label=_("Question or statement"), max_length=255)
    options = Text(
        label=_("Answers to choose from"),
        max_length=4000,
        required=False,
        rows=4,
        help_text=_("One on each line; only for a choice."),
    )
    required = forms.BooleanField(label=_("It must be answered"), required=False)
    groups = forms.BooleanField(
        label=_("Results may be told for its groups"),
        required=False,
        help_text=_("Only for a choice of one answer. Groups of fewer than five are never told."),
    )
    statement = Line(
        label=_("As the public page tells it"),
        max_length=255,
        required=False,
        help_text=_("For example: “Found the sessions highly valuable”. Empty: it is not told."),
    )
    counted = Text(
        label=_("Answers that this counts"),
        max_length=4000,
        required=False,
        rows=2,
        help_text=_("The answers that make the statement true, as they are called, one a line."),
    )

    def clean(self) -> dict[str, Any]:
        """Turn lines into options; say what does not fit the kind."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        kind = told.get("kind")
        options = lines_of(told.get("options") or "")
        chosen = kind in (Kind.CHOICE, Kind.SEVERAL)
        if chosen and not 2 <= len(options) <= MOST_OPTIONS:
            self.add_error("options", _("Write two to twenty answers, one on each line."))
        told["options"] = options if chosen else []
        told["groups"] = bool(told.get("groups")) and kind == Kind.CHOICE
        told["counted"] = self._counted(kind, options, lines_of(told.get("counted") or ""))
        if told.get("statement") and kind == Kind.OPEN:
            self.add_error("statement", _("A text cannot be told as a percentage."))
        elif told.get("statement") and not told["counted"] and "counted" not in self.errors:
            self.add_error("counted", _("Say which answers make the statement true."))
        return told

    def _counted(self, kind: Any, options: list[str], lines: list[str]) -> list[str]:
        """Return the values of the answers that are named, each as its line calls it."""
        known = {words.casefold(): str(number) for number, words in enumerate(options)}
        if kind == Kind.AGREEMENT:
            known = {str(label).casefold(): value for value, label in Agreement.choices}
        unknown = [line for line in lines if line.casefold() not in known]
        if unknown and kind != Kind.OPEN:
            told = _now("This is none of the answers: %(line)s") % {"line": unknown[0]}
            self.add_error("counted", told)
        return [known[line.casefold()] for line in lines if line.casefold() in known]


def filled(question: SurveyQuestion) -> dict[str, Any]:
    """Return a question as its form shows it."""
    labels = dict(question.choices)
    return {
        "kind": question.kind,
        "text": question.text,
        "options": "\n".join(question.options),
        "required": question.required,
        "groups": question.groups,
        "statement": question.statement,
        "counted": "\n".join(str(labels[value]) for value in question.counted if value in labels),
    }


class AnswerForm(PlainForm):
    """The questions of a survey, to be answered by somebody who stays unknown."""

    def __init__(self, questions: list[SurveyQuestion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[f"q{question.pk}"] = _field(question)
        if any(question.kind == Kind.OPEN for question in questions):
            self.fields["may_quote"] = forms.BooleanField(
                label=_("What I wrote may be quoted, without my name"),
                required=False,
                help_text=_(
                    "Without this, your words are read by those who ran the workshop only. It "
                    "cannot be taken back: nobody knows which words are yours."
                ),
            )
        self.fields["once"] = forms.CharField(
            max_length=100, required=False, widget=forms.HiddenInput
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a form on which nothing is answered."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.said:
            raise forms.ValidationError(_("Answer at least one question."))
        return told

    @property
    def said(self) -> dict[str, Any]:
        """What was answered: {question: value, or values}."""
        given = {str(each.pk): self.cleaned_data.get(f"q{each.pk}") for each in self.questions}
        return {key: value for key, value in given.items() if value}


def _field(question: SurveyQuestion) -> forms.Field:
    told: dict[str, Any] = {"label": question.text, "required": question.required}
    if question.kind == Kind.OPEN:
        hint = _("Name nobody, and nothing that tells who you are.")
        return Text(max_length=2000, rows=4, help_text=hint, **told)
    if question.kind == Kind.SEVERAL:
        return forms.MultipleChoiceField(
            choices=question.choices, widget=forms.CheckboxSelectMultiple, **told
        )
    return forms.ChoiceField(choices=question.choices, widget=forms.RadioSelect, **told)
