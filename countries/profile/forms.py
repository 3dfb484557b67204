"""The forms of a profile: several facts of a kind at once, then each by itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from countries.forms import Guarded, PublicField, RowForm, SourceField
from countries.models import ProfileEntry
from countries.profile.codes import excluded_by, words_of
from members.forms import area

CONTRADICTS = _("“%(one)s” and “%(other)s” cannot both hold.")


def note_field() -> forms.CharField:
    """Return the box for what is to be said beside a fact."""
    return forms.CharField(label=_("Note"), max_length=1000, required=False, widget=area(3))


def refuse_contradiction(form: forms.Form, field: str, kind: str, codes: set[str]) -> None:
    """Say which of these facts cannot hold beside each other."""
    words = words_of(kind)
    for code in sorted(codes):
        for other in sorted(excluded_by({code}) & codes):
            if code < other:
                told = {"one": words[code], "other": words[other]}
                form.add_error(field, CONTRADICTS % told)


class NewEntriesForm(Guarded):
    """Facts of one kind that the profile does not hold yet, with one note and one source."""

    codes = forms.MultipleChoiceField(label=_("What holds"), widget=forms.CheckboxSelectMultiple)
    note = note_field()
    source = SourceField()
    public = PublicField()
    texts = ("note", "source")

    def __init__(self, kind: str, held: set[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.kind, self.held = kind, held
        codes: Any = self.fields["codes"]
        # Those that are held are taken, too: somebody may have entered them meanwhile.
        codes.choices = list(words_of(kind).items())
        codes.label = ProfileEntry.Kind(kind).label
        if not self.is_bound:
            codes.choices = [pair for pair in codes.choices if pair[0] not in held]

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot hold beside what is said already."""
        given = super().clean()
        chosen = set(given.get("codes") or ())
        refuse_contradiction(self, "codes", self.kind, chosen | self.held)
        return given


class EntryForm(RowForm):
    """One fact: what to say beside it, its source, and whether it is public."""

    note = note_field()
    source = SourceField()
    # Which fact it is, should the row be gone when the form comes back.
    fact = forms.CharField(required=False, widget=forms.HiddenInput)
    texts = ("note", "source")

    class Meta:
        model = ProfileEntry
        fields = ["note", "source", "public"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["fact"] = f"{self.instance.kind}:{self.instance.code}"
