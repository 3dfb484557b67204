"""Storing groups, questions and notes; what has notes stays."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from members.signed import fingerprint
from workshops.access import Seat
from workshops.models import Breakout, BreakoutGroup, BreakoutQuestion, Note, Workshop
from workshops.signing import sign_in


def keep(workshop: Workshop, breakout: Breakout | None, told: dict[str, Any]) -> Breakout:
    """Store a breakout with its questions and groups in their order."""
    with transaction.atomic():
        stored = breakout or Breakout(workshop=workshop)
        stored.title, stored.text, stored.session = told["title"], told["text"], told["session"]
        stored.save()
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
    model.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()


def note(
    group: BreakoutGroup, question: BreakoutQuestion, text: str, key: str, user: Any, seat: Seat
) -> Note:
    """Store a point; sent twice with the same key, it is stored once."""
    mark = fingerprint("note", user.pk, key)
    if known := Note.objects.filter(fingerprint=mark).first():
        return known
    made = Note(group=group, question=question, text=text, fingerprint=mark)
    sign_in(made, user, seat)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        known = Note.objects.filter(fingerprint=mark).first()
        if known is None:
            raise
        return known
    return made


def change(stored: Note, text: str) -> None:
    """Give a point another wording; who first wrote it stays."""
    stored.text = text
    stored.save(update_fields=["text", "changed_at"])


def withdraw(stored: Note) -> bool:
    """Take a point back; False where it is."""
    rows = Note.objects.filter(pk=stored.pk, withdrawn_at=None)
    return bool(rows.update(withdrawn_at=timezone.now()))
