"""The form in which people say what they are mailed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import MailChoice, Membership
from members.forms import PlainForm


class ChoiceForm(PlainForm):
    """How often the digest comes, and which communities are in it."""

    rhythm = forms.ChoiceField(
        label=_("Digest of what is new"),
        choices=MailChoice.Rhythm.choices,
        widget=forms.RadioSelect,
    )
    listened = forms.MultipleChoiceField(
        label=_("Communities in it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, memberships: list[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.memberships = memberships
        listened: Any = self.fields["listened"]
        listened.choices = [(str(row.community_id), row.community.name) for row in memberships]
        if not memberships:
            del self.fields["listened"]

    def save(self, choice: MailChoice) -> None:
        """Store both."""
        choice.rhythm = self.cleaned_data["rhythm"]
        choice.save(update_fields=["rhythm"])
        listened = set(self.cleaned_data.get("listened", ()))
        for row in self.memberships:
            muted = str(row.community_id) not in listened
            if row.muted != muted:
                Membership.objects.filter(pk=row.pk).update(muted=muted)
