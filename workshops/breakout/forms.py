"""What is filled in for breakout groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from members.forms import PlainForm
from workshops.cafe.forms import Keyed
from workshops.models import AgendaItem, Breakout, Workshop
from workshops.models.breakout import LONGEST_NOTE
from workshops.typed import Line, Text, lines_of


class BreakoutForm(PlainForm):
    """Groups with the questions that are set for all of them."""

    title = Line(label=_("Title"), max_length=255)
    session = forms.ModelChoiceField(
        label=_("Session"), queryset=AgendaItem.objects.none(), required=False
    )
    text = Text(label=_("What the groups are to do"), max_length=2000, required=False, rows=3)
    questions = Text(label=_("Questions, one on each line"), max_length=10_000, rows=6)
    groups = Text(label=_("Groups, one on each line"), max_length=5000, rows=4)

    def __init__(self, workshop: Workshop, breakout: Breakout | None, *args: Any, **kw: Any):
        self.breakout = breakout
        if breakout is not None:
            names = [each.name for each in breakout.groups.all()]
            asked = [each.text for each in breakout.questions.all()]
            kw["initial"] = {
                "title": breakout.title,
                "session": breakout.session_id,
                "text": breakout.text,
                "questions": "\n".join(asked),
                "groups": "\n".join(names),
            }
        super().__init__(*args, **kw)
        session: Any = self.fields["session"]
        session.queryset = workshop.agenda.all()

    def clean_questions(self) -> list[str]:
        """Return the questions; one that has notes must stay as it is."""
        lines = [line[:500] for line in lines_of(self.cleaned_data["questions"])]
        if self.breakout is not None:
            answered = self.breakout.questions.filter(notes__withdrawn_at=None, notes__gt=0)
            _must_stay({each.text for each in answered}, lines)
        return lines

    def clean_groups(self) -> list[str]:
        """Return the names of the groups; one that has notes must stay as it is."""
        lines = [line[:200] for line in lines_of(self.cleaned_data["groups"])]
        if self.breakout is not None:
            wrote = self.breakout.groups.filter(notes__withdrawn_at=None, notes__gt=0)
            _must_stay({each.name for each in wrote}, lines)
        return lines


def _must_stay(noted: set[str], lines: list[str]) -> None:
    if lost := sorted(noted - set(lines)):
        raise forms.ValidationError(must_stay(lost[0]))


def must_stay(line: str) -> str:
    """Return why a line cannot go."""
    return _now("This has notes already and must stay as it is: %(line)s") % {"line": line}


class NoteForm(Keyed):
    """A point that the group made."""

    question = forms.CharField(widget=forms.HiddenInput, max_length=10)
    text = Text(
        label=_("A point that the group made"),
        max_length=LONGEST_NOTE,
        rows=4,
        help_text=_("One point at a time. No names of people or children."),
    )


class ChangeNoteForm(PlainForm):
    """Another wording of a point."""

    text = Text(label=_("A point that the group made"), max_length=LONGEST_NOTE, rows=6)
