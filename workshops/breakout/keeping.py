"""Storing groups, questions and notes; what has notes stays."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.signed import fingerprint
from workshops import access
from workshops.holding import hold
from workshops.models import Breakout, BreakoutGroup, BreakoutQuestion, Note, Workshop
from workshops.signing import sign_in


class NotedError(Exception):
    """A line that was to go has got notes meanwhile; `str()` is the line."""


class MayNotWriteError(Exception):
    """The right to write here has ended, or the question is gone; nothing is stored."""


def keep(workshop: Workshop, breakout: Breakout | None, told: dict[str, Any]) -> Breakout:
    """Store a breakout with its questions and groups in their order; `NotedError`: nothing is."""
    with transaction.atomic():
        stored = breakout or Breakout(workshop=workshop)
        stored.title, stored.text, stored.session = told["title"], told["text"], told["session"]
        stored.save()  # also the lock under which notes are stored
        _put(BreakoutQuestion, stored, "text", told["questions"])
        _put(BreakoutGroup, stored, "name", told["groups"])
    return stored


def _put(model: Any, breakout: Breakout, field: str, lines: Sequence[str]) -> None:
    """Let a breakout have these lines; a row whose line stays keeps its notes."""
    rows = {getattr(row, field): row for row in model.objects.filter(breakout=breakout)}
    for order, line in enumerate(lines):
        row = rows.pop(line, None) or model(breakout=breakout, **{field: line})
        row.order = order
        row.save()
    # Of what goes nothing was noted, or only what was taken back.
    going = model.objects.filter(pk__in=[row.pk for row in rows.values()])
    if noted := going.filter(notes__withdrawn_at=None, notes__gt=0).first():
        raise NotedError(str(noted))
    going.delete()


def note(group: BreakoutGroup, question: BreakoutQuestion, text: str, key: str, user: Any) -> Note:
    """Store a point; the same words sent twice with the same key are stored once."""
    mark = fingerprint("note", user.pk, key, question.pk, text)
    with transaction.atomic():
        rows = Breakout.objects.select_for_update(of=("self",), no_key=True)
        breakout = rows.select_related("workshop").filter(pk=group.breakout_id).first()
        if breakout is None or not breakout.questions.filter(pk=question.pk).exists():
            raise MayNotWriteError
        person, seat = hold(user, breakout.workshop)
        if known := Note.objects.filter(fingerprint=mark).first():
            return known
        stored = breakout.groups.select_related("breakout__workshop").filter(pk=group.pk).first()
        if stored is None or not access.may_note(seat, stored, person):
            raise MayNotWriteError
        made = Note(group=stored, question=question, text=text, fingerprint=mark)
        sign_in(made, person, seat)
        made.save(force_insert=True)
    return made


def change(stored: Note, text: str) -> None:
    """Give a point another wording; who first wrote it stays."""
    stored.text = text
    stored.save(update_fields=["text", "changed_at"])


def withdraw(stored: Note) -> bool:
    """Take a point back; False where it is."""
    rows = Note.objects.filter(pk=stored.pk, withdrawn_at=None)
    return bool(rows.update(withdrawn_at=timezone.now()))
