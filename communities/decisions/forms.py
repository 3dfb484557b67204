"""A decision as it is entered, and what is found when its day of review comes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Decision, DecisionReview, Event, Thread
from communities.threads.typed import Text
from members.forms import OneLine, date_box, line


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The adopted text with its day; once it is entered nobody changes it."""

    title = OneLine(label=_("Title"), max_length=200, widget=line())
    text = Text(
        label=capfirst(_("adopted text")),
        max_length=20_000,
        rows=12,
        help_text=_("As it was adopted. Nobody can change it later; another decision can."),
    )

    class Meta:
        model = Decision
        fields = ["title", "text", "adopted_on", "review_on", "event", "thread", "replaces"]
        widgets = {"adopted_on": date_box(), "review_on": date_box()}
        help_texts = {
            "review_on": _("When the community looks at it again. The register reminds of it."),
        }

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.community = community
        fields: Any = self.fields
        fields["event"].queryset = Event.objects.filter(community=community).order_by("-starts")
        # Given by the page of the thread: a list of all would be too long to choose from.
        fields["thread"].queryset = Thread.objects.filter(community=community)
        fields["thread"].widget = forms.HiddenInput()
        standing = Decision.objects.filter(community=community, replaced_by=None)
        fields["replaces"].queryset = standing
        fields["event"].empty_label = _("none")
        fields["replaces"].empty_label = _("nothing")

    def clean(self) -> dict[str, Any]:
        """Refuse a day of adoption that is to come, and a review before the adoption."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        adopted, review = told.get("adopted_on"), told.get("review_on")
        if adopted and adopted > timezone.localdate():
            self.add_error("adopted_on", _("Enter a decision when it is adopted, not before."))
        if adopted and review and review <= adopted:
            self.add_error("review_on", _("The review comes after the adoption."))
        return told


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whether a decision still stands, and when to ask again."""

    note = Text(label=_("Note"), max_length=2000, required=False, rows=4)

    class Meta:
        model = DecisionReview
        fields = ["finding", "note", "review_on"]
        widgets = {"finding": forms.RadioSelect, "review_on": date_box()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        finding: Any = self.fields["finding"]
        finding.choices = DecisionReview.Finding.choices

    def clean_review_on(self) -> Any:
        """Refuse a day that has passed."""
        day = self.cleaned_data.get("review_on")
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("Give a day that is still to come."))
        return day
