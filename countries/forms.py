"""What all forms of a country's desk share: the public switch, and what must not become public."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from adoption.harm import harm_in
from countries.keeping import version_of
from members.forms import line
from vocabulary.labels import labels


class PublicField(forms.BooleanField):
    """Whether everybody may read it; not unless somebody says so."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Public: everybody may read it"))
        kwargs.setdefault("required", False)
        told = _("Without this, only your team and the secretariat read it.")
        kwargs.setdefault("help_text", told)
        super().__init__(**kwargs)


class SourceField(forms.CharField):
    """Where what is said can be read."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Source"))
        kwargs.setdefault("max_length", 400)
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", line())
        told = _("A law, a report or a web address where this can be read.")
        kwargs.setdefault("help_text", told)
        super().__init__(**kwargs)


class Guarded(forms.Form):
    """Keeps from the public what may harm somebody; within the team it may be said."""

    texts: tuple[str, ...] = ()  # the fields in which people write

    def clean(self) -> dict[str, Any]:
        """Refuse to make public what may harm somebody, and say what it is."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("public"):
            for name in self.texts:
                for told in harm_in(given.get(name) or ""):
                    self.add_error(name, told)
        return given


class RowForm(Guarded, forms.ModelForm):  # type: ignore[type-arg]
    """One row of a desk: its fields, whether it is public, and its version."""

    public = PublicField()
    was = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.initial["was"] = version_of(self.instance)

    def shown(self) -> list[tuple[str, str]]:
        """Return (label, value) of what is stored, for people, but hidden fields."""
        return [
            (str(field.label), self._in_words(field))
            for field in self.visible_fields()
            if field.value() not in ("", None, [])
        ]

    def _in_words(self, field: forms.BoundField) -> str:
        value, choices = field.value(), dict(_flat(getattr(field.field, "choices", ())))
        if isinstance(value, bool):
            return str(_("Yes")) if value else str(_("No"))
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(str(choices.get(str(each), each)) for each in values)


def typed_in(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Return (label, text) of what somebody typed into a form, but switches and hidden fields."""
    return [
        (str(field.label), str(field.data))
        for field in form.visible_fields()
        if field.data and not isinstance(field.field, forms.BooleanField)
    ]


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    return ((str(value), label) for value, label in choices)


def term_choices(kind: str) -> list[tuple[str, str]]:
    """Return the terms of the vocabulary of a kind, in the reader's language."""
    return list(labels(kind, get_language() or "en").items())


def or_not_reported(choices: Iterable[Any]) -> list[Any]:
    """Return choices with none of them first."""
    return [("", _("Not reported")), *(pair for pair in choices if pair[0] != "")]
