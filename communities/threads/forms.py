"""What members fill in to open a thread, to answer and to edit; each form takes its own fields."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from adoption.forms import MARKDOWN
from communities import access
from communities.models import Community, Thread
from communities.posting import MOST_MENTIONS, new_token
from communities.threads.people import chosen_in
from communities.threads.typed import Body, number_in
from members.forms import OneLine, PlainForm
from members.signed import fingerprint

LONGEST_TITLE = 200


class Title(OneLine):
    """One line, never cut off by the browser."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out the length: what is too long is said, not cut."""
        return {"dir": "auto"}


class WritingForm(PlainForm):
    """A text, whom it calls, and what makes sending it twice the same as sending it once."""

    text = Body(label=_("Your text"), help_text=MARKDOWN)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    data: QueryDict

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        self.chosen = chosen_in(data) if data is not None else []
        initial = {"token": new_token(), **kwargs.pop("initial", {})}
        super().__init__(data, initial=initial, **kwargs)

    def clean_token(self) -> str:
        """Return the token, or a new one in place of what is none."""
        token = self.cleaned_data["token"]
        return token if re.fullmatch(r"[\w-]{8,64}", token) else new_token()

    def clean(self) -> dict[str, Any]:
        """Refuse more calls than are told."""
        found: dict[str, Any] = super().clean() or {}
        if len(self.chosen) > MOST_MENTIONS:
            told = _("You can call at most %(most)d people by name. Untick some of them.")
            raise ValidationError(told % {"most": MOST_MENTIONS})
        return found

    def token_in(self, place: object, files: Sequence[UploadedFile[Any]] = ()) -> str:
        """Return what is the same for all this sent again from this form, and for nothing else.

        Somebody may go back to the form they sent, and send something else.
        """
        told = self.cleaned_data
        names = [(file.name, file.size) for file in files]
        return fingerprint(place, told["token"], told["text"], told.get("title", ""), names)


class ReplyForm(WritingForm):
    """An answer in a thread; `quote` is the number of the post that it quotes."""

    text = Body(label=_("Your answer"), help_text=MARKDOWN)
    quote = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_quote(self) -> int | None:
        """Return the number; what is none quotes nothing."""
        return number_in(self.cleaned_data["quote"])


class ThreadForm(WritingForm):
    """A new thread with its first post."""

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    title = Title(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        help_text=_("Your question in one sentence: others find it by these words."),
    )
    text = Body(label=_("Your text"), help_text=MARKDOWN, rows=12)
    language = forms.ChoiceField(label=_("Language you write in"))
    field_order = ["kind", "title", "text", "language"]

    def __init__(
        self, community: Community, user: Any, data: QueryDict | None = None, kind: str = ""
    ) -> None:
        languages = offered(community)
        super().__init__(data, initial={"language": usual(languages)})
        kinds = [
            choice
            for choice in Thread.Kind.choices
            if choice[0] != Thread.Kind.NOTICE or access.may_announce(user, community)
        ]
        field: Any = self.fields["kind"]
        field.choices = kinds
        field.initial = kind if kind in dict(kinds) else Thread.Kind.QUESTION
        field = self.fields["language"]
        field.choices = languages


class EditForm(WritingForm):
    """Another text for one's own post; `title` for the first one of a thread."""

    title = Title(label=_("Title"), max_length=LONGEST_TITLE)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    field_order = ["title", "text"]

    def __init__(self, opens: bool, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not opens:
            del self.fields["title"]


class TakeBackForm(PlainForm):
    """What the thread is called from now on, where its first post is taken back."""

    title = Title(
        label=_("Title of the discussion"),
        max_length=LONGEST_TITLE,
        help_text=_("It stays, so that the answers are understood. Change it if it says too much."),
    )


def offered(community: Community) -> list[tuple[str, str]]:
    """Return the languages to choose from: those of the community, else all of the site."""
    every = [(code, str(name)) for code, name in settings.LANGUAGES]
    return [choice for choice in every if choice[0] in community.languages] or every


def usual(languages: list[tuple[str, str]]) -> str:
    """Return the language to begin with: the reader's, where it is offered."""
    here = (get_language() or "en").split("-")[0]
    return here if here in dict(languages) else languages[0][0]
