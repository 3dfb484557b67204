"""Forms: a report from a file, and what becomes of a card."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from workshops.models import CardOutcome
from workshops.report import becoming
from workshops.typed import Line

FINDING = "finding"


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A page below which the report is put, by its title."""

    def label_from_instance(self, obj: Page) -> str:
        """Return its title, set in by how deep it stands."""
        return str(obj.title)


class UploadForm(forms.Form):
    """A Word or PDF file, and where its report is put."""

    file = forms.FileField(
        label=_("Word (.docx) or PDF file"),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf"}),
        error_messages={"required": _("Choose a file first.")},
    )
    place = PlaceField(
        label=_("Workshop"),
        queryset=Page.objects.none(),
        empty_label=None,
        help_text=_("The report is put below it; below the list, where it has no page yet."),
    )
    title = Line(
        label=_("Title"),
        required=False,
        max_length=255,
        help_text=_("Left empty, it is the title that the file states."),
    )
    begun = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "use_required_attribute": False, **kwargs})
        self.fields["place"].queryset = places  # type: ignore[attr-defined]


class BecomeForm(forms.Form):
    """What a card becomes."""

    kind = forms.ChoiceField(label=_("It becomes"), widget=forms.RadioSelect)
    target = forms.ChoiceField(label=_("Practice that it becomes a part of"), required=False)

    def __init__(self, *args: Any, user: Any, drafted: bool, writes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "use_required_attribute": False, **kwargs})
        kinds: list[tuple[str, Any]] = []
        if drafted:
            kinds.append((FINDING, _("a finding of the report")))
        if writes:
            kinds += list(CardOutcome.Kind.choices)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.initial.setdefault("kind", kinds[0][0] if kinds else "")
        found = becoming.targets(user) if writes else []
        self.fields["target"].choices = [("", "\u2013"), *found]  # type: ignore[attr-defined]
        if not found:
            del self.fields["target"]

    def clean(self) -> dict[str, Any]:
        """Ask for the practice of a building block."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        block = told.get("kind") == CardOutcome.Kind.BLOCK
        if block and not told.get("target"):
            self.add_error(
                "target" if "target" in self.fields else None,
                _("Choose the practice; it must be one that you may change."),
            )
        return told
