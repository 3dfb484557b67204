"""What is filled in to set a workshop up and to take part in it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.moments import BETWEEN, TYPED, moment, time_zones
from members.forms import PlainForm, country_choices, date_box, institution_named, line
from users.models import User
from vocabulary.labels import labels
from workshops.models import AgendaItem, Workshop, WorkshopPage, WorkshopSeries
from workshops.typed import Line, Text


class WorkshopForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a workshop is, and which countries take part."""

    title = Line(label=_("Title"), max_length=255)
    about = Text(label=_("What it is about"), max_length=5000, required=False)
    place = Line(label=_("Place"), max_length=255, required=False)
    host = forms.ChoiceField(label=_("Host country"), required=False)
    starts = forms.DateField(label=_("First day"), widget=date_box(), validators=BETWEEN)
    ends = forms.DateField(label=_("Last day"), widget=date_box(), validators=BETWEEN)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    taking_part = forms.MultipleChoiceField(
        label=_("Countries that take part"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever represents one of them takes part, and reads what is written."),
    )

    class Meta:
        model = Workshop
        fields = [
            *("title", "about", "series", "place", "host", "starts", "ends", "time_zone"),
            *("registration", "travel_places", "follows", "page"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        fields: Any = self.fields
        language = get_language() or "en"
        fields["host"].choices = country_choices(_("No single country"))
        fields["taking_part"].choices = list(labels("country", language).items())
        fields["series"].queryset = WorkshopSeries.objects.select_related("locale")
        fields["follows"].queryset = Workshop.objects.exclude(pk=self.instance.pk)
        fields["follows"].label = _("Takes up the open recommendations of")
        free = WorkshopPage.objects.filter(alias_of=None)
        fields["page"].queryset = free.filter(Q(workshop=None) | Q(workshop=self.instance.pk))
        if self.instance.pk:
            self.initial["taking_part"] = self.instance.codes

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("starts") and told.get("ends") and told["ends"] < told["starts"]:
            self.add_error("ends", _("The last day must not be before the first."))
        return told


class CloneForm(PlainForm):
    """What differs in a workshop that is set up like another."""

    title = Line(label=_("Title"), max_length=255)
    starts = forms.DateField(label=_("First day"), widget=date_box(), validators=BETWEEN)
    carry_over = forms.BooleanField(
        label=_("Take up its open recommendations"), required=False, initial=True
    )


class AgendaForm(forms.ModelForm):  # type: ignore[type-arg]
    """A session; its times are those of the place of the workshop."""

    title = Line(label=_("Title"), max_length=255)
    text = Text(label=_("What it is about"), max_length=5000, required=False)
    begins = forms.CharField(label=_("Begins"), max_length=30)
    finishes = forms.CharField(label=_("Ends"), max_length=30)
    place = Line(label=_("Room"), max_length=200, required=False)
    url = forms.URLField(label=_("Link to take part"), required=False, assume_scheme="https")
    recording = forms.URLField(
        label=_("Link to the recording"), required=False, assume_scheme="https"
    )

    class Meta:
        model = AgendaItem
        fields = ["kind", "title", "text", "place", "url", "recording"]

    field_order = ["kind", "title", "begins", "finishes", "place", "url", "text", "recording"]

    def __init__(self, workshop: Workshop, *args: Any, **kwargs: Any) -> None:
        self.workshop = workshop
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name, stored in (("begins", "starts"), ("finishes", "ends")):
            self.fields[name].widget = forms.DateTimeInput(attrs={"type": "datetime-local"})
            if self.instance.pk:
                at = getattr(self.instance, stored).astimezone(workshop.zone)
                self.initial[name] = at.strftime(TYPED)
        if not self.instance.pk:
            self.initial.setdefault("begins", f"{workshop.starts}T09:00")

    def clean(self) -> dict[str, Any]:
        """Read both moments; say so where they stand the wrong way round."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        read = {}
        for name in ("begins", "finishes"):
            if not told.get(name):
                continue
            try:
                read[name] = moment(told[name], self.workshop.zone)
            except ValueError as error:
                self.add_error(name, str(error))
        if len(read) == 2:
            self.instance.starts, self.instance.ends = read["begins"], read["finishes"]
            if read["finishes"] < read["begins"]:
                self.add_error("finishes", _("The session ends before it begins."))
        return told


class DocumentForm(PlainForm):
    """A file or a link."""

    title = Line(label=_("Title"), max_length=255)
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF or Word. Its authors are taken out.")
    )
    url = forms.URLField(label=_("or a link"), required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(told.get("file")) == bool(told.get("url")):
            self.add_error("file", _("Choose a file, or give a link: one of both."))
        return told


class RegistrationForm(PlainForm):
    """Whom somebody takes part for, and what they expect."""

    country = forms.ChoiceField(label=_("Country you take part for"), required=False)
    institution = Line(
        label=_("Your institution"),
        max_length=255,
        required=False,
        widget=line(list="institutions", autocomplete="organization"),
        help_text=_("As the directory of institutions has it. Left empty, none is signed."),
    )
    text = Text(label=_("What you expect of the workshop"), max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country: Any = self.fields["country"]
        country.choices = country_choices(_("No single country"))

    def clean_institution(self) -> Any:
        """Find the institution by its name."""
        name = self.cleaned_data["institution"]
        found = institution_named(name) if name else None
        if name and found is None:
            raise forms.ValidationError(
                _("This institution is not in the list. Leave it empty, or ask the secretariat.")
            )
        return found


class FacilitatorForm(PlainForm):
    """Somebody who leads the workshop, by the address of their account."""

    email = forms.EmailField(label=_("E-mail address of the account"))

    def clean_email(self) -> User:
        """Find the account."""
        found = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True)
        user = found.first()
        if user is None:
            raise forms.ValidationError(_("There is no account with this address."))
        return user
