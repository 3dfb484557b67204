"""The forms of people: they take only the fields they list, and keep what was typed."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.languages import SPOKEN
from members.models import Kind, Profile, Wanted
from users.models import Institution, User
from vocabulary.labels import countries_by_region, labels
from vocabulary.models import Country, Theme

# How long a role is given for, unless the secretariat says otherwise.
USUAL_TERM = datetime.timedelta(days=2 * 365)


def country_of_code(code: str) -> Country | None:
    """Return the row that roles and applications point at; the English one where there is one."""
    rows = Country.objects.filter(code=code).select_related("locale")
    return min(rows, key=lambda row: row.locale.language_code != "en", default=None)


def themes_of_codes(codes: list[str]) -> list[Theme]:
    """Return one row for each of these themes; the English one where there is one."""
    rows = Theme.objects.filter(code__in=codes).select_related("locale")
    found = {row.code: row for row in sorted(rows, key=lambda r: r.locale.language_code == "en")}
    return list(found.values())


class OneLine(forms.CharField):
    """A line of text, without line breaks and what cannot be seen."""

    def to_python(self, value: Any) -> Any:
        """Return the text in one line."""
        text = super().to_python(value) or ""
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def area(rows: int) -> forms.Textarea:
    """Return the box for a longer text; it follows the direction of what is typed."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def line(**more: str) -> forms.TextInput:
    """Return the box for a line; it follows the direction of what is typed."""
    return forms.TextInput(attrs={"dir": "auto", **more})


def date_box() -> forms.DateInput:
    """Return the box for a day, the browser's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PlainForm(forms.Form):
    """A form whose labels end without a colon, like everything else on the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class About(PlainForm):
    """What people say about themselves wherever they are asked."""

    first_name = OneLine(label=_("First name"), max_length=150, widget=line())
    last_name = OneLine(label=_("Last name"), max_length=150, widget=line())
    languages = forms.MultipleChoiceField(
        label=_("Languages you work in"),
        choices=SPOKEN,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics you know"), required=False, widget=forms.CheckboxSelectMultiple
    )
    expertise = forms.CharField(
        label=_("Your expertise"),
        required=False,
        max_length=1000,
        widget=area(3),
        help_text=_("For example: registers, school data, surveys at borders. No names of others."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes: Any = self.fields["topics"]
        themes.choices = list(labels("theme", get_language() or "en").items())


class ApplicationForm(About):
    """An application for membership."""

    institution = OneLine(
        label=_("Your institution"),
        max_length=255,
        widget=line(list="institutions", autocomplete="organization"),
        help_text=_("Choose it from the list as you type, or write its official name."),
    )
    institution_kind = forms.ChoiceField(
        label=_("Kind of institution"),
        required=False,
        help_text=_("Only for an institution that is not in the list."),
    )
    country = forms.ChoiceField(label=_("Country you work in"), required=False)
    role = forms.ChoiceField(
        label=_("What you would like to be"),
        choices=Wanted.choices,
        initial=Wanted.MEMBER,
        widget=forms.RadioSelect,
    )
    motivation = forms.CharField(
        label=_("What you work on, and what you would like to share or learn"),
        max_length=2000,
        widget=area(5),
    )
    field_order = [
        *("first_name", "last_name", "institution", "institution_kind", "country", "role"),
        *("languages", "topics", "expertise", "motivation"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country: Any = self.fields["country"]
        kind: Any = self.fields["institution_kind"]
        country.choices = country_choices(_("No single country"))
        kind.choices = [("", _("Choose")), *Institution.Kind.choices]

    def clean(self) -> dict[str, Any]:
        """Find the institution by its name; a new one needs its kind."""
        found: dict[str, Any] = super().clean() or {}
        if name := found.get("institution"):
            found["known"] = institution_named(name)
            if found["known"] is None and not found.get("institution_kind"):
                told = _("This institution is not in the list yet. Say what kind it is.")
                self.add_error("institution_kind", told)
        if found.get("role") == Wanted.REPRESENTATIVE and not found.get("country"):
            self.add_error("country", _("A country representative needs a country."))
        return found

    def fields_of_application(self) -> dict[str, Any]:
        """Return what goes into the application, but its topics."""
        told = self.cleaned_data
        known = told["known"]
        return {
            "role": told["role"],
            "institution": known,
            "institution_name": "" if known else told["institution"],
            "institution_kind": "" if known else told["institution_kind"],
            "country": country_of_code(told["country"]) if told["country"] else None,
            "languages": told["languages"],
            "expertise": told["expertise"],
            "motivation": told["motivation"],
        }


def country_choices(none: Any) -> list[Any]:
    """Return countries by region for a select box, `none` first."""
    regions = countries_by_region(get_language() or "en")
    return [("", none), *((region, list(rows)) for region, rows in regions)]


def institution_named(name: str) -> Institution | None:
    """Return the institution of this name, acronym or both, whatever its case."""
    wanted = name.casefold()
    rows = Institution.objects.order_by("pk")
    exact = rows.filter(name__iexact=name).first()
    return exact or next(
        (each for each in rows if wanted in (str(each).casefold(), each.name.casefold())), None
    )


class TextForm(PlainForm):
    """One text: a question, an answer, a reason."""

    text = forms.CharField(max_length=2000, widget=area(4))


class TermForm(PlainForm):
    """From when until when; `ends` is the last day."""

    starts = forms.DateField(label=_("First day"), widget=date_box())
    ends = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=date_box(),
        help_text=_("Leave empty only for a role without end."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {"starts": today, "ends": today + USUAL_TERM} | kwargs.get(
            "initial", {}
        )
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("ends") and found.get("starts") and found["ends"] < found["starts"]:
            self.add_error("ends", _("The last day must not be before the first."))
        return found


class RoleForm(TermForm):
    """One role for a person."""

    kind = forms.ChoiceField(label=_("Role"), choices=Kind.choices)
    institution = forms.ModelChoiceField(
        label=_("Institution"), queryset=Institution.objects.all(), required=False
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    field_order = ["kind", "institution", "country", "starts", "ends"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country: Any = self.fields["country"]
        country.choices = country_choices(_("No single country"))

    def clean(self) -> dict[str, Any]:
        """A representative has a country."""
        found = super().clean()
        if found.get("kind") == Kind.REPRESENTATIVE and not found.get("country"):
            self.add_error("country", _("A country representative needs a country."))
        found["country_row"] = country_of_code(found["country"]) if found.get("country") else None
        return found


class AcceptForm(RoleForm):
    """The roles that come with an accepted application."""

    kind = None  # type: ignore[assignment]
    kinds = forms.MultipleChoiceField(
        label=_("Roles"), choices=Wanted.choices, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["kinds", "institution", "country", "starts", "ends"]

    def clean(self) -> dict[str, Any]:
        """A representative has a country."""
        found = super().clean()
        if Kind.REPRESENTATIVE in found.get("kinds", []) and not found.get("country"):
            self.add_error("country", _("A country representative needs a country."))
        return found


class ExtendForm(PlainForm):
    """Another last day."""

    ends = forms.DateField(label=_("New last day"), required=False, widget=date_box())


class ProfileForm(About):
    """What a person says about themselves, and to whom."""

    language = forms.ChoiceField(
        label=_("Language of mail to you"),
        choices=settings.LANGUAGES,
    )
    listed = forms.BooleanField(
        label=_("List me in the directory of members"),
        required=False,
        help_text=_(
            "Members then see your name, institution, country, languages, topics and expertise; "
            "never your e-mail address."
        ),
    )
    ask_me = forms.BooleanField(
        label=_("Members may send me questions through this site"),
        required=False,
        help_text=_("They come by mail. Your address is shown only if you answer."),
    )
    field_order = [
        *("first_name", "last_name", "language", "languages", "topics", "expertise"),
        *("listed", "ask_me"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].required = False

    def save(self, user: User, profile: Profile) -> None:
        """Store what was said."""
        told = self.cleaned_data
        user.first_name, user.last_name = told["first_name"], told["last_name"]
        user.language = told["language"]
        user.save(update_fields=["first_name", "last_name", "language"])
        profile.expertise, profile.listed = told["expertise"], told["listed"]
        profile.ask_me = told["ask_me"]
        profile.save()
        profile.topics.set(themes_of_codes(told["topics"]))
        profile.languages.exclude(code__in=told["languages"]).delete()
        for code in told["languages"]:
            profile.languages.get_or_create(code=code)


class AskForm(PlainForm):
    """A question to a listed person."""

    text = forms.CharField(label=_("Your question"), max_length=2000, widget=area(6))
