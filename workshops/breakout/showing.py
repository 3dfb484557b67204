"""The notes of all groups, merged: question by question, each point with its group."""

from collections import defaultdict
from dataclasses import dataclass

from workshops.models import Breakout, BreakoutGroup, BreakoutQuestion, Note


@dataclass(frozen=True)
class Answered:
    """A question with the points of each group that made any."""

    question: BreakoutQuestion
    groups: list[tuple[BreakoutGroup, list[Note]]]


def merged(breakout: Breakout) -> list[Answered]:
    """Return every question of a breakout with all points; three queries."""
    groups, questions = list(breakout.groups.all()), list(breakout.questions.all())
    notes = Note.objects.filter(group__breakout=breakout, withdrawn_at=None)
    told: dict[tuple[int, int], list[Note]] = defaultdict(list)
    for note in notes.select_related("institution").order_by("pk"):
        told[note.question_id, note.group_id].append(note)
    return [
        Answered(
            question,
            [(group, said) for group in groups if (said := told.get((question.pk, group.pk)))],
        )
        for question in questions
    ]


def of_group(group: BreakoutGroup) -> list[tuple[BreakoutQuestion, list[Note]]]:
    """Return every question with the points of one group."""
    told: dict[int, list[Note]] = defaultdict(list)
    for note in group.notes.filter(withdrawn_at=None).order_by("pk"):
        told[note.question_id].append(note)
    return [(question, told[question.pk]) for question in group.breakout.questions.all()]
