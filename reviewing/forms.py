"""What people type in a review."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models import PracticePage
from practices.rights import writers_of
from practices.sections import SECTIONS
from reviewing.comments import MOST_CHARACTERS
from reviewing.models import Invitation
from users.models import User

ROWS = {"rows": 3, "dir": "auto"}


class CommentsForm(forms.Form):
    """A comment for each section, and an answer to each comment that is there."""

    once = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, answerable: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid4().hex
        for section in SECTIONS:
            self.fields[f"comment-{section.key}"] = _text(_("Your comment"))
        for pk in answerable:
            self.fields[f"answer-{pk}"] = _text(_("Your answer"))

    def said(self) -> dict[str, str]:
        """Return the comments by section."""
        return self._typed("comment-")

    def answers(self) -> dict[int, str]:
        """Return the answers by comment."""
        return {int(pk): text for pk, text in self._typed("answer-").items()}

    def _typed(self, prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): text
            for name, text in self.cleaned_data.items()
            if name.startswith(prefix) and text
        }


def _text(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs=ROWS)
    return forms.CharField(label=label, required=False, max_length=MOST_CHARACTERS, widget=widget)


class VerdictForm(forms.Form):
    """A reviewer's answer on the whole; left open, the comments are kept all the same."""

    verdict = forms.ChoiceField(
        label=_("Your answer"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("approve", _("I recommend it for publication.")),
            ("reject", _("I ask for changes first.")),
        ],
    )
    remark = forms.CharField(
        label=_("To the author, on the whole"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs=ROWS),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LinkAnswerForm(forms.Form):
    """What somebody without an account answers."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[
            (Invitation.Answer.CLEARED, _("We clear this text for publication.")),
            (Invitation.Answer.COMMENTED, _("We ask for the changes in our comments first.")),
            (Invitation.Answer.DECLINED, _("We do not clear it.")),
        ],
    )
    remark = forms.CharField(
        label=_("To the author, on the whole"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs=ROWS),
    )

    def __init__(self, *args: Any, clearing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not clearing:
            del self.fields["answer"]


class ReasonForm(forms.Form):
    """Why the secretariat decides so."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs=ROWS))


class DecisionForm(forms.Form):
    """Sign off and publish, or send back with a reason."""

    decision = forms.ChoiceField(choices=[("approve", ""), ("reject", "")])
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs=ROWS)
    )
    seen = forms.IntegerField()

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where it goes back."""
        data = super().clean() or {}
        if data.get("decision") == "reject" and not data.get("reason"):
            self.add_error("reason", _("Say what has to be changed: the author will read it."))
        return data


class OfficeForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which office to ask, and where it is reached."""

    class Meta:
        model = Invitation
        fields = ["institution", "office", "address", "language"]

    def __init__(self, *args: Any, page: PracticePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["address"].required = True

    def clean_address(self) -> str:
        """Refuse the addresses of those who wrote it: nobody clears their own text."""
        address = str(self.cleaned_data["address"])
        writers = writers_of(self.page)
        own = User.objects.filter(pk__in=writers, email__iexact=address).exists()
        if own or EmailAddress.objects.filter(user__in=writers, email__iexact=address).exists():
            raise forms.ValidationError(
                _("This is the address of an author. Somebody else has to clear it.")
            )
        return address


class InvitationForm(OfficeForm):
    """A link to send: for clearance, or for comments only."""

    class Meta(OfficeForm.Meta):
        fields = ["purpose", *OfficeForm.Meta.fields]
