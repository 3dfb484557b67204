"""What is filled in on the secretariat's desk."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.forms import PlainForm, date_box
from members.models import Kind, Role
from users.models import Institution, User
from workshops.desk.watched import WatchedForm
from workshops.models import AnnualReport, ChairTerm, Contribution, WorkItem
from workshops.typed import Line, Text


def _people(*kinds: str) -> Any:
    """Return who holds a role (of these kinds) today, by name."""
    held = Role.objects.held()
    if kinds:
        held = held.filter(kind__in=kinds)
    users = User.objects.filter(pk__in=held.values("user_id"), is_active=True)
    return users.order_by("last_name", "first_name", "pk")


class WorkForm(WatchedForm):
    """An item of the work plan."""

    moves = ("changed_at",)

    title = Line(label=_("What"), max_length=255)
    note = Text(label=_("Note"), max_length=2000, required=False)
    url = Line(
        label=_("Link to what came of it"),
        max_length=500,
        required=False,
        help_text=_("An address of this site, or of another."),
    )

    class Meta:
        model = WorkItem
        fields = ["title", "owner", "due_on", "status", "url", "note"]
        widgets = {"due_on": date_box()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        kept = Q(pk=self.instance.owner_id or 0)
        owner.queryset = (_people(Kind.SECRETARIAT) | User.objects.filter(kept)).distinct()
        owner.empty_label = _("Nobody yet")

    def clean(self) -> dict[str, Any]:
        """Refuse the same a second time: a form that was sent twice."""
        told = super().clean()
        same = {name: told.get(name) for name in ("title", "owner", "due_on")}
        if not self.instance.pk and WorkItem.objects.filter(**same).exists():
            self.add_error("title", _("This stands in the plan already."))
        return told

    def clean_url(self) -> str:
        """Refuse an address that could do anything but lead somewhere."""
        url: str = self.cleaned_data["url"]
        if (url and not url.startswith(("https://", "http://", "/"))) or url.startswith("//"):
            raise forms.ValidationError(_("Begin it with https:// or, on this site, with a slash."))
        return url


class ContributionForm(WatchedForm):
    """A chapter of an annual report, as the desk asks for it."""

    moves = ("report",)

    year = forms.IntegerField(label=_("Annual report of"), min_value=2019, max_value=2100)
    chapter = Line(label=_("Chapter"), max_length=255)
    brief = Text(label=_("What is asked for"), max_length=2000, required=False)
    url = forms.URLField(
        label=_("Link to the text"), max_length=500, required=False, assume_scheme="https"
    )

    class Meta:
        model = Contribution
        fields = ["chapter", "brief", "institution", "owner", "deadline", "status", "url"]
        widgets = {"deadline": date_box()}

    field_order = ["year", *Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        kept = Q(pk=self.instance.owner_id or 0)
        fields["owner"].queryset = (_people() | User.objects.filter(kept)).distinct()
        fields["owner"].empty_label = _("Nobody yet")
        fields["institution"].queryset = Institution.objects.order_by("name")
        if self.instance.pk:
            self.initial["year"] = self.instance.report.year
        else:
            self.initial.setdefault("year", timezone.localdate().year)

    def clean(self) -> dict[str, Any]:
        """Refuse to ask for a chapter twice."""
        told = super().clean()
        same = Contribution.objects.filter(
            report__year=told.get("year") or 0, chapter__iexact=told.get("chapter", "")
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("chapter", _("This chapter is asked for already: look at the board."))
        return told

    def save(self, commit: bool = True) -> Contribution:
        """Store it with its report, which is made with its first chapter."""
        year = self.cleaned_data["year"]
        title = str(_("Annual report"))
        self.instance.report, _new = AnnualReport.objects.get_or_create(
            year=year, defaults={"title": title}
        )
        stored: Contribution = super().save(commit)
        return stored


class HandInForm(WatchedForm):
    """What whoever writes a chapter says about it."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[
            (each.value, each.label)
            for each in (
                Contribution.Status.ASKED,
                Contribution.Status.WRITING,
                Contribution.Status.HANDED_IN,
            )
        ],
        widget=forms.RadioSelect,
    )
    url = forms.URLField(
        label=_("Link to the text"), max_length=500, required=False, assume_scheme="https"
    )
    note = Text(label=_("Note to the secretariat"), max_length=2000, required=False)

    class Meta:
        model = Contribution
        fields = ["status", "url", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_accepted = self.instance.status == Contribution.Status.ACCEPTED

    def clean(self) -> dict[str, Any]:
        """Refuse to hand in nothing, and to take back what was accepted."""
        told = super().clean()
        if self.was_accepted:
            self.add_error(None, _("It is accepted. Write to the secretariat if it must change."))
        handed_in = told.get("status") == Contribution.Status.HANDED_IN
        if handed_in and not told.get("url") and not told.get("note"):
            self.add_error("url", _("Say where the text is, or write it into the note."))
        return told


class ChairForm(forms.ModelForm):  # type: ignore[type-arg]
    """A term of the chair."""

    class Meta:
        model = ChairTerm
        fields = ["user", "institution", "starts", "ends"]
        widgets = {"starts": date_box(), "ends": date_box()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        fields: Any = self.fields
        fields["user"].queryset = _people()
        fields["institution"].queryset = Institution.objects.order_by("name")
        fields["institution"].required = True

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("starts") and told.get("ends") and told["ends"] < told["starts"]:
            self.add_error("ends", _("The last day must not be before the first."))
        return told


class YearForm(PlainForm):
    """The year whose figures are frozen."""

    year = forms.IntegerField(label=_("Year"), min_value=2019, max_value=2100)

    def clean_year(self) -> int:
        """Refuse a year that has not begun."""
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("This year has not begun yet."))
        return year
