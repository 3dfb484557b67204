"""Sentences with the posts they rest on, and which of them become what."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.knowledge.summarising import Told
from communities.models import Post
from communities.threads.typed import Text
from members.forms import OneLine, line

MOST_SENTENCES = 40
LONGEST_SENTENCE = 1000
BLANK_ROWS = 3


class SentenceForm(forms.Form):
    """One sentence, and the numbers of the posts that say it."""

    text = Text(label=_("Sentence"), required=False, max_length=LONGEST_SENTENCE, rows=2)
    posts = OneLine(label=_("Rests on posts"), required=False, max_length=200, widget=line())

    def __init__(self, *args: Any, known: dict[int, Post], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "use_required_attribute": False, **kwargs})
        self.known = known

    def clean(self) -> dict[str, Any]:
        """Ask of each sentence that it names posts which can be read here."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        text, posts = told.get("text", ""), told.get("posts", "")
        numbers = [int(each) for each in re.findall(r"\d{1,7}", posts)]
        told["numbers"] = list(dict.fromkeys(numbers))
        unknown = [number for number in told["numbers"] if number not in self.known]
        if unknown:
            names = ", ".join(f"#{number}" for number in unknown)
            self.add_error("posts", _("There is no such post: %(names)s.") % {"names": names})
        elif text and not numbers:
            self.add_error("posts", _("Say which posts this rests on, for instance 2, 5."))
        elif numbers and not text:
            self.add_error("text", _("Write the sentence that these posts support."))
        return told

    @property
    def told(self) -> Told | None:
        """The sentence, or None where the row is empty."""
        text = self.cleaned_data.get("text", "").strip()
        posts = [self.known[number] for number in self.cleaned_data.get("numbers", [])]
        return Told(text, posts) if text else None


class SentenceRows:
    """All rows of a summary, with some empty ones at the end."""

    def __init__(
        self, known: dict[int, Post], stored: Sequence[Told] = (), data: Any = None
    ) -> None:
        count = len(stored) + BLANK_ROWS
        if data is not None:
            given = str(data.get("rows", ""))
            count = int(given) if given.isdecimal() and len(given) < 4 else count
        self.rows = [
            SentenceForm(
                data,
                prefix=f"sentence-{number}",
                known=known,
                initial=_initial(stored[number]) if number < len(stored) else None,
            )
            for number in range(min(max(count, 1), MOST_SENTENCES))
        ]

    def __len__(self) -> int:
        return len(self.rows)

    def is_valid(self) -> bool:
        """Return whether every row is right; all of them are looked at."""
        looked_at = [row.is_valid() for row in self.rows]
        return all(looked_at)

    def told(self) -> list[Told]:
        """Return the sentences in their order."""
        return [told for row in self.rows if (told := row.told)]


def _initial(told: Told) -> dict[str, str]:
    return {"text": told.text, "posts": ", ".join(str(post.number) for post in told.posts)}


class OutcomeForm(forms.Form):
    """What a thread becomes: its title, where it goes, and the place of each sentence."""

    title = OneLine(label=_("Title"), max_length=255, widget=line())

    def __init__(
        self,
        *args: Any,
        sentences: Sequence[Told],
        targets: Sequence[tuple[str, str]] | None,
        places: Sequence[tuple[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.sentences = sentences
        if targets is not None:
            self.fields["target"] = forms.ChoiceField(label=_("Where it goes"), choices=targets)
        for number, told in enumerate(sentences):
            self.fields[f"place-{number}"] = forms.ChoiceField(
                label=told.text, choices=[*places, ("", _("leave out"))], required=False
            )
            self.initial.setdefault(f"place-{number}", places[0][0])

    def clean(self) -> dict[str, Any]:
        """Ask for at least one sentence."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.placed():
            self.add_error(None, _("Choose a place for at least one sentence."))
        return told

    def placed(self) -> dict[str, list[Told]]:
        """Return {place: its sentences}, in their order."""
        found: dict[str, list[Told]] = {}
        for number, told in enumerate(self.sentences):
            place = self.cleaned_data.get(f"place-{number}")
            if place:
                found.setdefault(place, []).append(told)
        return found

    def placing(self) -> list[Any]:
        """Return the fields in which the sentences are placed."""
        return [self[f"place-{number}"] for number in range(len(self.sentences))]
