"""The form of a module: a small form for each question, each saved by itself."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from adoption.harm import harm_in
from countries.assessing.reading import Asked, Part
from countries.assessing.rounds import said as said_words
from countries.assessing.saving import Said, Seen, said_of, seen_of
from countries.models import Answer, Question
from countries.models.assessment import LONGEST_NOTE, LONGEST_SOURCE
from countries.questionnaires.kinds import FIRST_YEAR, LAST_YEAR, LONGEST_TEXT, checked, offered
from members.signing import signature

Kind = Question.Kind
UNKNOWN = "?"  # no code of a choice has it: codes are slugs
RADIOS = (Kind.YES_NO, Kind.ONE_OF)


def _radios(question: Question) -> forms.Field:
    choices = [("", _("No answer yet")), *offered(question), (UNKNOWN, _("Not known"))]
    return forms.ChoiceField(required=False, choices=choices, widget=forms.RadioSelect)


def _boxes(question: Question) -> forms.Field:
    return forms.MultipleChoiceField(
        required=False, choices=offered(question), widget=forms.CheckboxSelectMultiple
    )


def _number(question: Question) -> forms.Field:
    return forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=15,
        decimal_places=3,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )


def _year(question: Question) -> forms.Field:
    return forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)


def _text(question: Question) -> forms.Field:
    area = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    return forms.CharField(required=False, max_length=LONGEST_TEXT, widget=area)


FIELDS: dict[str, Callable[[Question], forms.Field]] = {
    Kind.YES_NO: _radios,
    Kind.ONE_OF: _radios,
    Kind.SEVERAL_OF: _boxes,
    Kind.NUMBER: _number,
    Kind.YEAR: _year,
    Kind.TEXT: _text,
}


class AnswerForm(forms.Form):
    """The answer to one question, named by its code. `seen`: what stood there when it was shown."""

    not_known = forms.BooleanField(label=_("Not known"), required=False)
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=LONGEST_SOURCE,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    note = forms.CharField(
        label=_("Note for your team"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    public = forms.BooleanField(label=_("Everybody may read this answer"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: Asked, data: Any = None) -> None:
        self.asked, self.question = asked, asked.question
        self.clash: Answer | None = None
        stored = said_of(asked.answer)
        initial = {name: getattr(stored, name) for name in ("not_known", "source", "note")}
        initial |= {"public": stored.public, "seen": seen_of(asked.answer)}
        initial["value"] = stored.value
        if self.question.kind in RADIOS:
            initial["value"] = UNKNOWN if stored.not_known else stored.value or ""
        super().__init__(data, prefix=self.question.code, initial=initial)
        self.fields["value"] = FIELDS[self.question.kind](self.question)
        self.fields["value"].label = self.question.text
        if self.question.kind in RADIOS:
            del self.fields["not_known"]
        if not self.question.may_be_public:
            del self.fields["public"]

    def clean(self) -> dict[str, Any]:
        """Refuse an answer that is unknown as well, and what may harm somebody in public."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        value, unknown = given.get("value"), given.get("not_known", False)
        if self.question.kind in RADIOS:
            unknown = value == UNKNOWN
            value = "" if unknown else value
        elif unknown and value not in (None, "", []):
            self.add_error("value", _("Give an answer or choose “Not known”, not both."))
        value = float(value) if isinstance(value, Decimal) else value
        given["stored"] = None
        try:
            given["stored"] = None if self.errors else checked(self.question, value)
        except ValidationError as error:
            self.add_error("value", error)
        given["unknown"] = unknown
        if given.get("public") and not self.errors:
            self._refuse_public(given)
        return given

    def _refuse_public(self, given: dict[str, Any]) -> None:
        if given["stored"] is None and not given["unknown"]:
            self.add_error("public", _("There is no answer yet that everybody could read."))
        told = given["stored"] if self.question.kind == Kind.TEXT else ""
        for name, text in (("value", told), ("source", given.get("source"))):
            for harm in harm_in(text or ""):
                self.add_error(name, harm)

    @property
    def said(self) -> Said:
        """What was typed, as it is stored."""
        given = self.cleaned_data
        return Said(
            value=given["stored"],
            not_known=given["unknown"],
            source=given["source"].strip(),
            note=given["note"].strip().replace("\r\n", "\n"),
            public=given.get("public", False),
        )

    @property
    def seen_then(self) -> Seen:
        """What its writer had before their eyes."""
        return Seen.read(self.cleaned_data["seen"])

    @property
    def theirs(self) -> str:
        """What somebody else has answered meanwhile, in words."""
        return said_words(Asked(self.question, self.clash)) if self.clash else ""

    @property
    def their_name(self) -> str:
        """Who that is."""
        if self.clash is None:
            return ""
        name = self.clash.author.get_full_name() if self.clash.author else ""
        return ", ".join(filter(None, [name, signature(self.clash)]))

    @property
    def token(self) -> str:
        """What the page carries: what was seen, or, where two met, what they are shown now."""
        if self.clash is not None:
            return str(seen_of(self.clash))  # to be sent with theirs before one's eyes
        if self.is_bound and not self.asked_is_saved:
            return str(self["seen"].value() or "")
        return str(seen_of(self.asked.answer))

    @property
    def asked_is_saved(self) -> bool:
        """Whether what was typed is what is stored now."""
        return self.is_valid() and self.said.digest == said_of(self.asked.answer).digest


class ModuleForm:
    """The forms of all questions of a module."""

    def __init__(self, part: Part, data: Any = None, only: str = "") -> None:
        self.part = part
        self.forms = [
            AnswerForm(asked, None if takes_theirs(asked, data) else data)
            for asked in part.asked
            if only in ("", asked.question.code)
        ]

    def __iter__(self) -> Iterator[AnswerForm]:
        return iter(self.forms)

    @property
    def typed(self) -> dict[Question, tuple[Said, Seen]]:
        """What can be saved; what is wrong stays in the form."""
        valid = [form for form in self.forms if form.is_valid()]
        return {form.question: (form.said, form.seen_then) for form in valid}

    def show(self, clashes: Mapping[str, Answer]) -> None:
        """Put the newer answers of others beside what was typed."""
        for form in self.forms:
            form.clash = clashes.get(form.question.code)

    @property
    def wrong(self) -> list[tuple[str, str, str]]:
        """What is wrong: (id of the field, question, what to do)."""
        return [
            (form[name].auto_id, form.question.text, str(error))
            for form in self.forms
            for name, errors in form.errors.items()
            for error in errors
        ]


def takes_theirs(asked: Asked, data: Any) -> bool:
    """Return whether somebody chose what another has answered meanwhile."""
    return bool(data) and data.get(f"{asked.question.code}-take") == "theirs"
