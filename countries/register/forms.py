"""The form of a data source in the register."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from countries.forms import RowForm, SourceField, or_not_reported, term_choices
from countries.models import DataSource
from members.forms import OneLine, area, line


class DataSourceForm(RowForm):
    """What there is, who holds it and how it may be used; never the data."""

    name = OneLine(
        label=_("Name of the source"),
        max_length=255,
        widget=line(),
        help_text=_("As it is called officially, for example “Register of foreign residents”."),
    )
    owner = OneLine(
        label=_("Owner"),
        max_length=255,
        required=False,
        widget=line(),
        help_text=_("The institution that holds it. No names of people."),
    )
    type = forms.ChoiceField(label=_("Type of data source"), required=False)
    disaggregation = forms.MultipleChoiceField(
        label=_("Disaggregated by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("Note"), max_length=1000, required=False, widget=area(3))
    source = SourceField(label=_("Source of this information"))
    texts = ("name", "owner", "note", "source")

    class Meta:
        model = DataSource
        fields = [
            *("name", "owner", "type", "unit", "age_detail", "disaggregation", "linkable"),
            *("access", "latest_year", "note", "source", "public"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("type", or_not_reported(term_choices("data_source")))
        self._choices("disaggregation", term_choices("disaggregation"))
        for name in ("unit", "age_detail", "linkable", "access"):
            given: Any = self.fields[name]
            self._choices(name, or_not_reported(given.choices))
        self.fields["latest_year"].help_text = _("The newest year for which it holds data.")
        for name in ("unit", "age_detail", "linkable", "access", "latest_year"):
            self.fields[name].label = capfirst(str(self.fields[name].label))

    def _choices(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        # What an old row holds stays a choice, though the vocabulary has dropped it.
        held = getattr(self.instance, name)
        known = {str(value) for value, _label in choices}
        held = held if isinstance(held, list) else [held]
        field.choices = [*choices, *((code, code) for code in held if code and code not in known)]

    def clean_name(self) -> str:
        """Refuse a second source of the same name."""
        name: str = self.cleaned_data["name"]
        others = DataSource.objects.filter(about=self.instance.about, name__iexact=name)
        if others.exclude(pk=self.instance.pk).exists():
            told = _("A source of this name is in the register already. Change it there.")
            raise forms.ValidationError(told)
        return name
