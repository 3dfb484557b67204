"""The forms of communities: what they are, who wants in, who is wanted."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from communities.models import Community, MailChoice
from members.forms import OneLine, PlainForm, area, line
from vocabulary.labels import labels

MOST_INVITED = 10


class RhythmForm(PlainForm):
    """How often somebody wants the digest; asked of everybody who joins."""

    rhythm = forms.ChoiceField(
        label=_("How often do you want a digest by mail?"),
        choices=MailChoice.Rhythm.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "One mail for all your communities, and only when there is something new. Answers to "
            "you and posts that mention you come at once."
        ),
    )


class JoinForm(RhythmForm):
    """A request to join."""

    text = forms.CharField(
        label=_("Why you want to join"),
        max_length=1000,
        widget=area(4),
        help_text=_("Only those who facilitate this community read it."),
    )
    field_order = ["text", "rhythm"]


class ReasonForm(PlainForm):
    """Why a request is declined; the person reads it."""

    reason = forms.CharField(
        label=_("Reason, for the person who asked"), max_length=500, widget=area(3)
    )


class InviteForm(PlainForm):
    """Whom to invite, of those who were found."""

    person = forms.TypedMultipleChoiceField(
        label=_("Whom to invite"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one person.")},
    )
    text = forms.CharField(
        label=_("A word to them"), required=False, max_length=1000, widget=area(2)
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.choices = list(people)

    def clean_person(self) -> list[int]:
        """Refuse more than ten at once."""
        chosen: list[int] = self.cleaned_data["person"]
        if len(chosen) > MOST_INVITED:
            raise forms.ValidationError(_("Invite ten people at a time at most."))
        return chosen


class AddressForm(PlainForm):
    """Somebody to invite by their address."""

    address = forms.EmailField(label=_("E-mail address"), max_length=254)
    text = forms.CharField(
        label=_("A word to them"), required=False, max_length=1000, widget=area(2)
    )


class SettingsForm(PlainForm):
    """What a community is, and for whom."""

    name = OneLine(label=_("Name"), max_length=200, widget=line())
    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=2000,
        widget=area(4),
        help_text=_("Everybody who knows of the community reads it before joining."),
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    themes = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that its members write in"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    visibility = forms.ChoiceField(
        label=_("Who can see it"),
        widget=forms.RadioSelect,
        choices=[
            ("public", _("Public: everybody reads it, those who joined write")),
            (
                "members",
                _("Members only: members of the Alliance know of it, those who joined read it"),
            ),
            ("private", _("Private: only those who joined or are invited know of it")),
        ],
    )
    holds_first_posts = forms.BooleanField(
        label=_("Hold the first post of a new member until a facilitator has read it"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        region: Any = self.fields["region"]
        themes: Any = self.fields["themes"]
        region.choices = [("", _("No single region")), *labels("region", language).items()]
        themes.choices = list(labels("theme", language).items())


class NewForm(SettingsForm):
    """A community to open."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Community.Kind.choices)
    slug = forms.SlugField(
        label=_("Short name in addresses"),
        max_length=80,
        required=False,
        help_text=_("Small letters, numbers and hyphens. Left empty, it is made from the name."),
    )
    field_order = ["name", "slug", "kind", "purpose"]

    def clean(self) -> dict[str, Any]:
        """Find a short name that is free and no word of ours."""
        found: dict[str, Any] = super().clean() or {}
        if "slug" not in found or "name" not in found:
            return found
        slug = (found["slug"] or slugify(found["name"])).lower()[:80].strip("-")
        found["slug"] = slug
        if not slug:
            self.add_error("slug", _("Give a short name in Latin letters."))
        elif is_reserved(slug):
            self.add_error("slug", _("This word is used by the site. Choose another."))
        elif Community.objects.filter(slug=slug).exists():
            self.add_error("slug", _("There is a community with this short name. Choose another."))
        return found


def is_reserved(slug: str) -> bool:
    """Return whether addresses below communities/ begin with this word already."""
    from communities.urls import urlpatterns

    return slug in {str(each.pattern).partition("/")[0] for each in urlpatterns}


class Filter(PlainForm):
    """What the list of communities may be narrowed to: what the reader's communities have."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data: Mapping[str, Any], known: Iterable[Community]) -> None:
        super().__init__(data)
        known = list(known)
        language = get_language() or "en"
        self._offer("kind", {each.kind for each in known}, dict(Community.Kind.choices))
        self._offer("region", {each.region for each in known}, labels("region", language))
        themes = {code for each in known for code in each.themes}
        self._offer("topic", themes, labels("theme", language))
        spoken = {code for each in known for code in each.languages}
        self._offer("language", spoken, dict(settings.LANGUAGES))

    def _offer(self, name: str, codes: set[str], words: Mapping[str, Any]) -> None:
        field: Any = self.fields[name]
        offered = [(code, word) for code, word in words.items() if code in codes]
        field.choices = [("", _("All")), *offered]
