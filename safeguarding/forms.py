"""Forms of those who sign off, and of those who answer for a picture or a quotation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeguarding.gate import Finding
from safeguarding.models import Answer

Choice = Answer.Choice


class SignOffForm(forms.Form):
    """Which findings may be published as they are, and why; only what was shown can be signed."""

    findings = forms.MultipleChoiceField(label=_("Findings"), required=False)
    shown = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    reason = forms.CharField(
        label=_("Why it may be published as it is"),
        help_text=_("It stands on the record with your name."),
        max_length=1000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": _("Say the reason in a few words.")},
    )

    def __init__(self, open_findings: list[Finding], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = [(each.fingerprint, each.fingerprint) for each in open_findings]
        self.fields["findings"].choices = self.fields["shown"].choices = marks  # type: ignore[attr-defined]

    @property
    def marks(self) -> list[str]:
        """The fingerprints to sign: those ticked, or all that were shown."""
        name = "shown" if "whole" in self.data else "findings"
        found: list[str] = self.cleaned_data[name]
        return found

    def clean(self) -> dict[str, Any] | None:
        """Ask for at least one finding."""
        cleaned = super().clean()
        if not self.errors and not self.marks:
            raise ValidationError(_("Tick what you sign off, or sign off all."))
        return cleaned


class AnswerForm(forms.Form):
    """What is so with one picture or quotation."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("What is so?"), widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Where the consent is kept"),
        help_text=_("For instance a file number; never the name of the child."),
        max_length=255,
        required=False,
    )
    date = forms.DateField(
        label=_("Date of the consent"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, finding: Finding, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args,
            **{
                "initial": {"fingerprint": finding.fingerprint},
                "auto_id": f"id_{finding.fingerprint[:8]}_%s",
                **kwargs,
            },
        )
        first = Choice.NO_CHILD if finding.kind == "picture" else Choice.PUBLISHED
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in (first, Choice.CONSENT)
        ]

    def clean(self) -> dict[str, Any] | None:
        """Ask where the consent is kept and of when it is."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == Choice.CONSENT:
            if not cleaned.get("reference"):
                self.add_error("reference", _("Say where the consent is kept."))
            if "date" not in self.errors:
                self._check_date(cleaned.get("date"))
        else:
            cleaned |= {"reference": "", "date": None}
        return cleaned

    def _check_date(self, date: Any) -> None:
        if not date:
            self.add_error("date", _("Say of when the consent is."))
        elif date > timezone.localdate():
            self.add_error("date", _("This day has not come yet."))


class AskForm(forms.Form):
    """A word to those who sign off."""

    note = forms.CharField(
        label=_("What they should know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
